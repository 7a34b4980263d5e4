// The log as it grows. Rows come drawn; here they are let through the filters, counted, and put in their place.
import './live.js';

const panes = document.getElementById('panes');
const stream = document.getElementById('stream');
const log = document.getElementById('log');
const follow = document.getElementById('follow');
const spoken = document.getElementById('spoken');
const older = stream.hasAttribute('data-older');
const title = document.title;
const pending = new Map(); // what has come and is not shown yet, by id
let stale = false; // more has come than was told
let wanted = sessionStorage.getItem('vigie.follow') !== 'no';

const rows = () => document.getElementById('rows');
const row = (id) => document.getElementById(`m${id}`);
const side = () => document.getElementById('side');
const asked = () => new URLSearchParams(location.search);

// ---------------------------------------------------------------- filters
const skew = Number(stream.dataset.now) - Date.now(); // the server's clock counts
const PERIODS = { '6h': 6, '24h': 24, '7d': 168, '30d': 720, '90d': 2160 };

function passes(item) {
  const choice = asked();
  const some = (name, values) => !choice.has(name) || choice.getAll(name).some((one) => values.includes(one));
  const period = PERIODS[choice.get('period')];
  return some('query', item.queries) && some('network', [item.network]) && some('lang', item.langs)
    && (!choice.get('author') || choice.get('author') === item.author)
    && (!period || item.at >= Date.now() + skew - period * 3600000);
}

// A search in full text is the server's business: it is asked about what has come.
let doubtful = [];
let asking = 0;
function ask(items) {
  doubtful.push(...items);
  asking ||= setTimeout(async () => {
    const ids = doubtful.splice(0).map((item) => item.id);
    asking = 0;
    const choice = asked();
    choice.set('ids', ids.join(','));
    const answer = await fetch(`/listening/fresh?${choice}`);
    if (answer.ok && !answer.redirected) came(await answer.json());
  }, 300);
}

// ---------------------------------------------------------------- following
const scrolled = () => Math.max(stream.scrollTop, document.scrollingElement.scrollTop) > 8;
const busy = () => Boolean(side() || !getSelection().isCollapsed || rows().contains(document.activeElement));
const following = () => wanted && !older && !scrolled() && !busy();

function settle() {
  const now = following();
  follow.setAttribute('aria-pressed', String(now));
  if (now && (pending.size || stale)) show();
  count();
}

function count() {
  const place = document.getElementById('fresh');
  const n = pending.size;
  place.hidden = !(n || stale);
  const { one, many, stale: much } = place.dataset;
  place.firstElementChild.textContent = stale ? much : n === 1 ? one : many.replace('{n}', n.toLocaleString(document.documentElement.lang));
  document.title = n ? `(${n}) ${title}` : title;
  say(place.hidden ? '' : place.firstElementChild.textContent);
}

// Said aloud as a count, at most every half minute; the stream itself is never read out.
let saidAt = 0;
function say(text) {
  if (!text || document.hidden || performance.now() - saidAt < 30000) return;
  saidAt = performance.now();
  spoken.textContent = text;
}

// ---------------------------------------------------------------- rows
function came(items) {
  for (const item of items) if (!row(item.id)) pending.set(item.id, item);
  redraw();
  settle();
}

async function show() {
  if (older) { location.assign(log.querySelector('.older a').href); return; }
  const items = [...pending.values()];
  pending.clear();
  if (stale || rows().children.length + items.length > 400) { await renew(); return; }
  document.getElementById('blank')?.remove();
  items.sort((a, b) => a.id - b.id).forEach(insert);
  count();
}

function insert(item) {
  if (row(item.id)) return;
  const made = element(item.html);
  const at = Number(made.dataset.at);
  const next = [...rows().children].find((other) => Number(other.dataset.at) <= at);
  if (!next && document.getElementById('older')) return; // it belongs to an older page
  rows().insertBefore(made, next ?? null);
}

function element(html) {
  const template = document.createElement('template');
  template.innerHTML = html.trim();
  const made = template.content.firstElementChild;
  const link = made.querySelector('.row__a');
  link.setAttribute('href', link.getAttribute('href') + here());
  if (side()?.dataset.id === made.id.slice(1)) current(made);
  return made;
}

const here = () => { const choice = asked(); choice.delete('after'); return choice.size ? `?${choice}` : ''; };

async function renew() {
  const answer = await fetch(`/listening/rows${here()}`);
  if (!answer.ok) return;
  stale = false;
  pending.clear();
  log.innerHTML = await answer.text();
  count();
}

function changed(items) {
  for (const item of items) {
    if (pending.has(item.id)) pending.set(item.id, item);
    const old = row(item.id);
    if (old) {
      const focused = old.contains(document.activeElement);
      const made = element(item.html);
      old.replaceWith(made);
      if (focused) made.querySelector('.row__a').focus({ preventScroll: true });
    }
    if (side()?.querySelector(`[data-turn="${item.id}"]`)) open(location.pathname + location.search, { push: false, focus: false });
  }
}

// ---------------------------------------------------------------- the stream
document.addEventListener('vigie:mentions', ({ detail }) => {
  const mine = detail.new.filter(passes);
  if (detail.more) stale = true;
  if (asked().get('q')) { if (mine.length) ask(mine); } else if (mine.length || stale) came(mine);
  changed(detail.changed);
});
document.addEventListener('vigie:reload', () => { stale = true; redraw(); settle(); });
document.addEventListener('vigie:source', ({ detail }) => {
  const badge = document.querySelector('#hearing .badge');
  const use = badge.querySelector('use');
  badge.dataset.s = detail.s;
  use.setAttribute('href', use.getAttribute('href').replace(/#.*/, `#i-${detail.s}`));
  badge.querySelector('span').textContent = detail.text;
});
const offline = document.getElementById('offline');
document.addEventListener('vigie:offline', () => { offline.hidden = false; document.getElementById('hearing').hidden = true; });
document.addEventListener('vigie:out', () => { offline.hidden = true; });
document.addEventListener('vigie:online', () => { offline.hidden = true; document.getElementById('hearing').hidden = false; });

let redrawing = 0;
const pace = asked().get('q') ? 60000 : 5000; // counting what a search finds is work
function redraw(after = pace) {
  redrawing ||= setTimeout(() => {
    redrawing = 0;
    if (document.hidden) return;
    document.dispatchEvent(new CustomEvent('vigie:redraw'));
  }, after);
}
setInterval(() => redraw(0), 60000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) redraw(); });

// ---------------------------------------------------------------- the mention beside the log
function current(made) {
  rows().querySelectorAll('.is-current').forEach((one) => { one.classList.remove('is-current'); one.removeAttribute('aria-current'); });
  made?.classList.add('is-current');
  made?.setAttribute('aria-current', 'true');
}

async function open(href, { push = true, focus = true } = {}) {
  const answer = await fetch(href, { headers: { 'x-part': 'pane' } });
  if (!answer.ok || answer.redirected) { location.assign(href); return; }
  const template = document.createElement('template');
  template.innerHTML = (await answer.text()).trim();
  const pane = template.content.firstElementChild;
  const old = side();
  if (old) old.replaceWith(pane); else panes.append(pane);
  panes.classList.add('panes--2');
  panes.dataset.open = 'thing';
  if (push) history.pushState({}, '', href);
  current(row(pane.dataset.id));
  if (focus) pane.focus({ preventScroll: matchMedia('(min-width: 62.01rem)').matches });
  settle();
}

function close({ push = true } = {}) {
  const pane = side();
  if (!pane) return;
  const from = row(pane.dataset.id);
  pane.remove();
  panes.classList.remove('panes--2');
  panes.dataset.open = 'list';
  current(null);
  if (push) history.pushState({}, '', `/listening${location.search}`);
  from?.querySelector('.row__a').focus();
  from?.scrollIntoView({ block: 'nearest' });
  settle();
}

document.addEventListener('click', (event) => {
  if (event.target.closest('#fresh button')) { stream.scrollTo({ top: 0 }); show(); return; }
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('.row__a, .turn__a');
  if (link) { event.preventDefault(); open(link.getAttribute('href')); }
  if (event.target.closest('#close')) { event.preventDefault(); close(); }
});
addEventListener('popstate', () => {
  if (location.pathname.startsWith('/listening/mention/')) open(location.pathname + location.search, { push: false });
  else if (location.pathname === '/listening' && side()) close({ push: false });
  else location.reload();
});

// ---------------------------------------------------------------- keys
function walk(step) {
  const links = [...rows().querySelectorAll('.row__a')];
  const from = rows().querySelector('.row:focus-within, .is-current');
  const at = links.findIndex((link) => from?.contains(link));
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)];
  if (!next) return;
  next.focus();
  next.closest('.row').scrollIntoView({ block: 'nearest' });
  if (side()) open(next.getAttribute('href'), { focus: false });
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape') {
    const menu = document.querySelector('.drop[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
    else if (event.target.matches('.search__in')) event.target.blur();
    else close();
    return;
  }
  if (event.target.closest('input, textarea, select')) return;
  if (event.key === 'j') walk(1);
  if (event.key === 'k') walk(-1);
});
document.addEventListener('click', (event) => {
  document.querySelectorAll('.drop[open]').forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

// ---------------------------------------------------------------- start
if (!older) {
  follow.hidden = false;
  follow.addEventListener('click', () => {
    wanted = !following();
    sessionStorage.setItem('vigie.follow', wanted ? 'yes' : 'no');
    if (wanted) { getSelection().empty(); stream.scrollTo({ top: 0 }); document.scrollingElement.scrollTo({ top: 0 }); }
    settle();
  });
}
for (const place of [stream, document]) place.addEventListener('scroll', settle, { passive: true });
for (const name of ['selectionchange', 'focusin', 'focusout']) document.addEventListener(name, () => queueMicrotask(settle));
settle();
