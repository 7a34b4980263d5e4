// Today does not move under the reader: it says what has come since, and shows it when asked.
import './live.js';

const renew = document.getElementById('renew');
const seen = new Set();
let other = false;

function say() {
  const n = seen.size;
  const { one, many, other: else_ } = renew.dataset;
  renew.hidden = !n && !other;
  renew.firstElementChild.textContent = n > 1 ? many.replace('{n}', n.toLocaleString(document.documentElement.lang)) : n ? one : else_;
}

let redrawing = 0;
document.addEventListener('vigie:mentions', ({ detail }) => {
  detail.new.forEach((item) => seen.add(item.id));
  for (const item of detail.changed) {
    const old = document.getElementById(`m${item.id}`);
    if (old) old.outerHTML = item.html;
  }
  redrawing ||= setTimeout(() => { redrawing = 0; document.dispatchEvent(new CustomEvent('vigie:redraw')); }, 10000);
  say();
});
for (const name of ['charter', 'reload']) document.addEventListener(`vigie:${name}`, () => { other = true; say(); });
