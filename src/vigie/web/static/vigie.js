// What the pages do beyond links and forms: keys, the palette, how things look. Everything works without it.
'use strict';
(() => {
  const html = document.documentElement;
  html.classList.add('js');
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const typing = (element) => element.closest('input, textarea, select, [contenteditable="true"]') !== null;

  // Browsers that do not know `commandfor` yet.
  if (!('commandForElement' in HTMLButtonElement.prototype)) {
    document.addEventListener('click', (event) => {
      const button = event.target.closest('button[commandfor]');
      const dialog = button && document.getElementById(button.getAttribute('commandfor'));
      if (!dialog) return;
      if (button.getAttribute('command') === 'close') dialog.close();
      else dialog.showModal();
    });
  }

  // A press beside a dialog closes it.
  document.addEventListener('click', (event) => {
    if (event.target.matches?.('dialog[open]') && !event.target.hasAttribute('data-stay')) event.target.close();
  });

  const open = (id) => {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  };

  // Palette: filters as one types, arrows choose, Enter goes.
  const palette = document.getElementById('palette');
  const seek = palette?.querySelector('[data-seek]');
  const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const shown = () => all('a', palette).filter((link) => !link.hidden);
  const choose = (link) => {
    all('a', palette).forEach((other) => other.classList.toggle('is-chosen', other === link));
    link?.scrollIntoView({ block: 'nearest' });
  };
  const filter = () => {
    const words = fold(seek.value).split(/\s+/).filter(Boolean);
    all('a:not([data-search])', palette).forEach((link) => {
      const text = fold(link.textContent);
      link.hidden = !words.every((word) => text.includes(word));
    });
    all('a[data-search]', palette).forEach((link) => {
      link.hidden = !words.length;
      link.href = link.dataset.search + encodeURIComponent(seek.value.trim());
      link.querySelector('[data-words]').textContent = seek.value.trim();
    });
    all('[data-group]', palette).forEach((group) => { group.hidden = all('a', group).every((link) => link.hidden); });
    palette.querySelector('[data-none]').hidden = shown().length > 0;
    choose(shown()[0]);
  };
  seek?.addEventListener('input', filter);
  seek?.addEventListener('keydown', (event) => {
    const links = shown();
    const at = links.findIndex((link) => link.classList.contains('is-chosen'));
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(links[(at + (event.key === 'ArrowDown' ? 1 : links.length - 1)) % links.length]);
    } else if (event.key === 'Enter' && links.length) {
      event.preventDefault();
      links[Math.max(at, 0)].click();
    }
  });
  // emptied on closing: on opening, letters may be there already
  palette?.addEventListener('close', () => { seek.value = ''; filter(); });
  if (palette) choose(shown()[0]);

  // Keys: `?`, Ctrl K, and what elements ask for with data-key="g l" or data-key="n".
  let pressed = [];
  let last = 0;
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      open('palette');
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]')) return;
    if (event.key === '?') { event.preventDefault(); open('keys'); return; }
    if (event.key.length !== 1) return;
    pressed = event.timeStamp - last > 1200 ? [event.key] : [...pressed.slice(-1), event.key];
    last = event.timeStamp;
    const wanted = [pressed.join(' '), event.key];
    const element = all('[data-key]').find((one) => one.dataset.key === wanted[0])
      ?? all('[data-key]').find((one) => one.dataset.key === wanted[1]);
    if (!element) return;
    event.preventDefault();
    pressed = [];
    if (typing(element)) element.focus(); else element.click();
  });

  // Theme, density and language: at once, and kept for this person.
  document.addEventListener('change', async (event) => {
    const form = event.target.closest('form[data-look]');
    if (!form) return;
    const { name, value } = event.target;
    if (name === 'theme' || name === 'density') {
      if (value) html.dataset[name] = value; else delete html.dataset[name];
    }
    const sent = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
    if (name === 'lang' && sent) location.reload();
  });

  // A secret shown once: copied by pressing.
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    await navigator.clipboard?.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.querySelector('[data-copied]')?.removeAttribute('hidden');
  });

  // What must be thought about twice asks in its own words.
  document.addEventListener('submit', (event) => {
    const question = event.target.dataset?.ask;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // Notes that only say that something was done go by themselves.
  const fade = (toast) => { if (!toast.matches('[data-s="stop"]')) setTimeout(() => toast.remove(), 8000); };
  const toasts = document.getElementById('toasts');
  if (toasts) {
    all('.toast', toasts).forEach(fade);
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
      if (node.nodeType === 1) fade(node);
    }))).observe(toasts, { childList: true });
  }
})();
