// "why?" under a row of the log: opens in place what the page of reasons says. Without this script it is a plain link.

async function toggle(link) {
  const row = link.closest('.row');
  const open = row.querySelector('.row__reasons');
  if (open) {
    open.remove();
    link.setAttribute('aria-expanded', 'false');
    return;
  }
  const answer = await fetch(link.href, { headers: { 'x-part': 'why' } });
  if (!answer.ok || answer.redirected) { location.assign(link.href); return; }
  const box = document.createElement('div');
  box.className = 'row__reasons';
  box.id = `why-${row.id}`;
  box.setAttribute('role', 'status');
  row.append(box);
  box.innerHTML = await answer.text();
  link.setAttribute('aria-expanded', 'true');
  link.setAttribute('aria-controls', box.id);
}

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('[data-why]');
  if (!link) return;
  event.preventDefault();
  toggle(link);
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'w' || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.target.closest('input, textarea, select')) return;
  const link = document.querySelector('.row:focus-within [data-why]') ?? document.querySelector('.row.is-current [data-why]');
  if (link) toggle(link);
});
