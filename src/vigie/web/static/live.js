// Tells the page what has just changed: events `vigie:mentions`, `vigie:source`, `vigie:charter`, `vigie:publication`,
// `vigie:pause`, `vigie:incident`, `vigie:notice`, `vigie:reload`, `vigie:offline`, `vigie:online` and `vigie:out` (the
// session has ended) on the document, `detail` being what the stream carried.
// `data-live` of a part of the page, else of the page itself, is the change feed's id that it was made at.
import { Hub } from './live-hub.js';

const { lang } = document.documentElement; // rows are drawn in the reader's language
const asked = document.querySelector('main [data-live]') ?? document.querySelector('[data-live]');
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`vigie:${name}`, { detail }));

function share(since) {
  const { port } = new SharedWorker(new URL('live-worker.js', import.meta.url), { type: 'module', name: lang });
  port.addEventListener('message', ({ data }) => tell(data.name, data.data));
  port.start();
  port.postMessage({ join: since });
  return () => port.postMessage({});
}

function alone(since) {
  const hub = new Hub(lang);
  hub.join(tell, since);
  return () => hub.leave(tell);
}

// Only a page can tell a session that ended from a network that is down.
document.addEventListener('vigie:offline', async () => {
  const answer = await fetch('/listening/fresh', { redirect: 'manual' }).catch(() => null);
  if (answer?.type !== 'opaqueredirect') return;
  const note = document.getElementById('logged-out');
  note.querySelector('a').href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
  note.hidden = false;
  tell('out', null);
});

if (asked) {
  const since = Number(asked.dataset.live);
  const leave = 'SharedWorker' in window ? share(since) : alone(since);
  addEventListener('pagehide', leave);
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
}
