// Reading a draft that waits for approval: words are pointed at by selecting them, and each remark has its own lines.
import { paint } from "./composer-marks.js";

const sheets = [...document.querySelectorAll("[data-review]")].map((box) => {
  const text = box.querySelector("textarea");
  const under = box.querySelector("[data-under]");
  const sheet = { key: box.dataset.review, text, under, of: text.value, marks: JSON.parse(under.dataset.marks) };
  paint(sheet);
  return sheet;
});
const form = document.querySelector("[data-answer]");
if (form) start(form);

document.addEventListener("click", (event) => {
  const show = event.target.closest("[data-show]");
  if (show) go(show.dataset.show);
});

function go(number) {
  for (const sheet of sheets) {
    const mark = sheet.marks.find((one) => String(one[3]) === number);
    if (!mark) continue;
    sheet.text.focus();
    sheet.text.setSelectionRange(mark[0], mark[1]);
  }
}

function start(form) {
  const remarks = form.querySelector("[data-remarks]");
  const empty = remarks.querySelector("[data-remark]").cloneNode(true);
  let chosen = null;

  // A press on the button takes the focus away from the words, not the words that were chosen.
  for (const sheet of sheets) {
    for (const kind of ["select", "keyup", "mouseup", "blur"]) sheet.text.addEventListener(kind, () => remember(sheet));
    sheet.text.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      remember(sheet);
      point();
    });
  }
  form.querySelector("[data-point]").addEventListener("click", point);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "changes") return;
    const first = form.querySelector('[name^="words:"]');
    if ([...form.querySelectorAll('[name^="words:"]')].some((one) => one.value.trim())) return;
    event.preventDefault();
    first.focus();
  });

  function remember(sheet) {
    const { selectionStart: start, selectionEnd: end, value } = sheet.text;
    chosen = start < end ? { key: sheet.key, at: start, words: value.slice(start, end) } : null;
  }

  function point() {
    const row = free();
    if (chosen) {
      const ahead = chosen.words.length - chosen.words.trimStart().length;
      row.querySelector('[name^="quote:"]').value = chosen.words.trim();
      row.querySelector('[name^="at:"]').value = chosen.at + ahead;
      row.querySelector('[name^="sheet:"]').value = chosen.key;
    }
    row.querySelector(chosen ? "textarea" : '[name^="quote:"]').focus();
    row.scrollIntoView({ block: "nearest" });
    chosen = null;
  }

  // The first remark that says nothing yet, or a new one.
  function free() {
    const rows = [...remarks.querySelectorAll("[data-remark]")];
    const bare = rows.find((row) => !row.querySelector('[name^="quote:"]').value && !row.querySelector("textarea").value.trim());
    if (bare) return bare;
    const row = empty.cloneNode(true);
    const n = rows.length;
    row.dataset.remark = n;
    for (const one of row.querySelectorAll("[name]")) {
      one.name = one.name.replace(/\d+$/, n);
      one.value = "";
      if (one.id) one.id = one.id.replace(/\d+$/, n);
    }
    for (const one of row.querySelectorAll("label")) one.htmlFor = one.htmlFor.replace(/\d+$/, n);
    remarks.append(row);
    return row;
  }
}
