// The queue, the calendar and a publication's page follow what happens to publications, without a press.
const PAUSE = 300; // several that change at once are drawn once
let timer = 0;
let busy = false;

document.addEventListener("vigie:publication", () => {
  clearTimeout(timer);
  timer = setTimeout(draw, PAUSE);
});

// Never under somebody's hands: who is filling in a form, or dragging, sees the news when that is done.
function typing() {
  return document.activeElement?.closest("main input, main textarea, main select") || document.querySelector("dialog[open], .is-moving");
}

async function draw() {
  if (busy || typing()) return;
  busy = true;
  const answer = await fetch(location.pathname + location.search).catch(() => null);
  busy = false;
  if (!answer?.ok || typing()) return;
  const main = document.getElementById("main");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
  if (!fresh || fresh.innerHTML === main.innerHTML) return;
  const here = document.activeElement?.closest("main a")?.getAttribute("href");
  main.replaceChildren(...fresh.childNodes);
  if (here) main.querySelector(`a[href="${CSS.escape(here)}"]`)?.focus();
}
