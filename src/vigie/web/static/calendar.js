// The calendar: a publication is moved to another day by dragging it, or with Shift and the arrows. The time stays.
const KEYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MOVED = "vigie.calendar.moved";
let held = null;
focusAgain();

// On the document: the calendar is drawn anew when something happens to a publication.
const slipOf = (event) => event.target.closest?.("[data-moves] [data-move]");
const dayOf = (event) => (held ? event.target.closest("[data-moves] [data-day]") : null);

document.addEventListener("dragstart", (event) => {
  held = slipOf(event);
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.querySelector("a").href);
  held.classList.add("is-moving");
});
document.addEventListener("dragend", () => {
  held?.classList.remove("is-moving");
  mark(null);
  held = null;
});
document.addEventListener("dragover", (event) => {
  const day = dayOf(event);
  if (!day) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  mark(day);
});
document.addEventListener("drop", (event) => {
  const day = dayOf(event);
  if (!day) return;
  event.preventDefault();
  move(held, day.dataset.day);
});
document.addEventListener("keydown", (event) => {
  const slip = slipOf(event);
  if (!slip || !event.shiftKey || !(event.key in KEYS)) return;
  event.preventDefault();
  const day = new Date(`${slip.dataset.wall.slice(0, 10)}T12:00Z`);
  day.setUTCDate(day.getUTCDate() + KEYS[event.key]);
  move(slip, day.toISOString().slice(0, 10));
});

function mark(day) {
  for (const one of document.querySelectorAll(".day.is-over")) if (one !== day) one.classList.remove("is-over");
  day?.classList.add("is-over");
}

// The page is loaded again: the charter may have something to say of the new moment, on the publication's own page.
function move(slip, day) {
  if (day === slip.dataset.wall.slice(0, 10)) return;
  const form = document.getElementById("move");
  sessionStorage.setItem(MOVED, slip.id);
  form.elements.wall.value = day + slip.dataset.wall.slice(10);
  form.elements.revision.value = slip.dataset.revision;
  form.elements.at.value = day;
  form.action = slip.dataset.move;
  form.submit();
}

// Where one was before the page was loaded again, so that a key may be pressed a second time.
function focusAgain() {
  const id = sessionStorage.getItem(MOVED);
  sessionStorage.removeItem(MOVED);
  if (id) document.getElementById(id)?.querySelector("a").focus();
}
