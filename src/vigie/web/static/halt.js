// What is on every page: the halt and its dialog, the held band, alerts, and how many incidents wait.
import './live.js';

const dialog = () => document.getElementById('halt');

// The counts come from the server; the dialog opens at once, whatever becomes of them.
async function forecast(place) {
  const answer = await fetch('/halt', { headers: { 'x-part': 'forecast' } }).catch(() => null);
  if (answer?.ok && !answer.redirected) place.innerHTML = await answer.text();
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('#halt-switch[data-state="ready"]');
  if (!button || !dialog() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (!dialog().open) dialog().showModal();
  forecast(dialog().querySelector('[data-forecast]'));
});
document.addEventListener('keydown', (event) => { // a link that is a button obeys the space bar too
  if (event.key !== ' ' || event.target.id !== 'halt-switch') return;
  event.preventDefault();
  event.target.click();
});

// The order is acknowledged on this page only once nothing was on its way any more, or Vigie says what still is.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.parentElement?.id !== 'halt') return;
  event.preventDefault();
  const button = document.getElementById('halt-switch');
  const go = form.querySelector('[type=submit]');
  button.dataset.state = 'busy';
  go.disabled = true;
  const answer = await fetch('/halt', { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => null);
  go.disabled = false;
  if (answer?.ok) { location.assign(answer.url); return; }
  button.dataset.state = 'ready';
  const failed = form.querySelector('[data-failed]');
  failed.hidden = false;
  failed.lastElementChild.textContent = form.dataset.failed;
});

function put(id, html) {
  const old = document.getElementById(id);
  const held = document.createElement('template');
  held.innerHTML = html.trim();
  if (!old || old.outerHTML === held.innerHTML) return;
  const focused = old.contains(document.activeElement);
  old.replaceWith(held.content);
  if (focused) document.getElementById(id)?.focus();
}

let reading = 0;
let again = false;
async function renew() {
  if (reading) { again = true; return; }
  reading = 1;
  const answer = await fetch(`/halt/now?on=${encodeURIComponent(location.pathname)}`).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    const { parts, waiting } = await answer.json();
    for (const [id, html] of Object.entries(parts)) put(id, html);
    for (const [href, n] of Object.entries(waiting)) {
      const place = document.querySelector(`[data-waiting="${href}"]`);
      if (place) { place.hidden = !n; place.lastChild.textContent = n.toLocaleString(document.documentElement.lang); }
    }
  }
  reading = 0;
  if (again) { again = false; renew(); }
}
for (const name of ['incident', 'pause', 'notice', 'reload']) document.addEventListener(`vigie:${name}`, renew);
