// The war room keeps up by itself: its clock, and every part of it when something about the incident changes.
import './live.js';

const room = document.querySelector('[data-incident]');
const pad = (n) => String(n).padStart(2, '0');

function tick() {
  const clock = document.querySelector('[data-clock]');
  const { since, until } = clock?.parentElement.dataset ?? {};
  if (!since || until) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Number(since)) / 1000));
  const minutes = Math.floor(seconds / 60);
  const [whole, unit, part] = minutes >= 60 ? [Math.floor(minutes / 60), 'h', minutes % 60] : [minutes, 'min', seconds % 60];
  const small = document.createElement('i');
  small.textContent = unit;
  clock.replaceChildren(String(whole), small, pad(part));
}

// A part in which somebody writes, or whose menu is open, waits until they are done.
const busy = (part) => part.contains(document.activeElement) && part.querySelector(':focus:is(input, textarea, select)')
  || part.querySelector(':popover-open, details[open] form');

async function renew() {
  const answer = await fetch(location.pathname, { headers: { 'x-part': 'all' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  for (const [id, html] of Object.entries(await answer.json())) {
    const old = document.getElementById(id);
    const held = document.createElement('template');
    held.innerHTML = html.trim();
    if (!old || busy(old)) continue;
    const open = [...old.querySelectorAll('details[open]')].map((one) => [...old.querySelectorAll('details')].indexOf(one));
    const chart = old.querySelector('.chart');
    const fresh = held.content.querySelector('.chart');
    if (chart && fresh) fresh.replaceWith(chart); // drawn again in its place, not emptied first
    old.replaceWith(held.content);
    const now = document.getElementById(id);
    open.forEach((index) => now.querySelectorAll('details')[index]?.setAttribute('open', ''));
  }
  tick();
  document.dispatchEvent(new CustomEvent('vigie:redraw'));
}

let waiting = 0;
const soon = () => { waiting ||= setTimeout(() => { waiting = 0; renew(); }, 150); };
if (room) {
  const id = Number(room.dataset.incident);
  document.addEventListener('vigie:incident', ({ detail }) => { if (detail.ids.includes(id)) soon(); });
  for (const name of ['publication', 'pause', 'mentions', 'reload']) document.addEventListener(`vigie:${name}`, soon);
  setInterval(tick, 1000);
  document.addEventListener('change', ({ target }) => { if (target.matches('[data-task] [type=checkbox]')) target.form.requestSubmit(); });
} else {
  document.addEventListener('vigie:incident', async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of ['#incidents', '.head']) document.querySelector(part).replaceWith(page.querySelector(part));
  });
}
