// Draws charts: `data-chart` is the address of {spec, heading, aloud}. Colours are the page's variables, so the theme
// may change under them; the width follows the page. `vigie:redraw` on the document draws them again.
const views = new Map();

async function draw(chart) {
  const answer = await fetch(chart.dataset.chart, { headers: { accept: 'application/json' } });
  if (!answer.ok || answer.redirected) return;
  const { spec, ...words } = await answer.json();
  await document.fonts.ready; // axes are measured with our own font
  const plot = chart.querySelector('.chart__plot');
  const holder = document.createElement('div');
  spec.width = plot.clientWidth;
  const made = await window.vegaEmbed(holder, spec, {
    actions: false, ast: true, defaultStyle: false, mode: 'vega-lite', renderer: 'svg', tooltip: false,
  });
  views.get(chart)?.finalize();
  views.set(chart, made.view);
  plot.replaceChildren(holder);
  for (const [name, text] of Object.entries(words)) {
    document.querySelectorAll(`[data-chart-${name}]`).forEach((place) => {
      if (place.textContent !== text) place.textContent = text;
    });
  }
}

const widths = new ResizeObserver((changes) => {
  for (const { target, contentRect } of changes) {
    const view = views.get(target.closest('[data-chart]'));
    if (view && Math.abs(view.width() - contentRect.width) > 1) view.width(contentRect.width).runAsync();
  }
});
const all = () => document.querySelectorAll('[data-chart]').forEach((chart) => { // a part of the page may bring one
  draw(chart).then(() => widths.observe(chart.querySelector('.chart__plot')));
});
all();
document.addEventListener('vigie:redraw', all);
