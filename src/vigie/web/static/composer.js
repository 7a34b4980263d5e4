// The composer: what the charter says under the words as one types, and everything kept by itself.
// Without this script the page is a plain form: its buttons save, look, replace and find ready by themselves.
import { carried, paint } from "./composer-marks.js";
import { Keeping } from "./composer-keeping.js";

const PAUSE = 90; // after the last key, before asking what the charter says
const form = document.querySelector("[data-draft]");
if (form) start(form);

function start(form) {
  const readOnly = form.hasAttribute("data-read-only");
  const csrf = form.elements._csrf.value;
  const sheets = new Map([...form.querySelectorAll("[data-sheet]")].map((box) => [box.dataset.sheet, sheetOf(box)]));
  const reasons = document.querySelector("[data-reasons]");
  const notices = document.querySelector("[data-notices]");
  const keeping = new Keeping(form, { csrf, notices, onSaved: saved, readOnly });
  let asked = null;
  let timer = 0;
  let untried = false;

  for (const sheet of sheets.values()) {
    paint(sheet);
    sheet.text.addEventListener("input", () => { carried(sheet); paint(sheet); });
  }

  // Fields in the margin belong to the form by their `form` attribute, so the whole document is listened to.
  document.addEventListener("input", (event) => { if (event.target.form === form && !event.target.matches("[data-picture]")) changed(); });
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches?.("[data-picture]")) { bring([...target.files]); target.value = ""; return; }
    if (target.form !== form) return;
    if (target.dataset.channel) form.querySelector(`[data-variant="${CSS.escape(target.dataset.channel)}"]`)?.toggleAttribute("hidden", !target.checked);
    if (target.hasAttribute("data-own")) own(target);
    changed();
  });

  function changed() {
    if (readOnly) return;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
    keeping.changed();
  }

  async function look() {
    asked?.abort();
    const mine = (asked = new AbortController());
    const texts = new Map([...sheets].map(([key, sheet]) => [key, sheet.text.value]));
    try {
      const answer = await fetch("/drafts/-/look", { method: "POST", body: new URLSearchParams(new FormData(form)), signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      if (mine !== asked) return;
      for (const [key, sheet] of sheets) {
        if (sheet.text.value !== texts.get(key)) return; // somebody types on: the next answer is on its way
        sheet.marks = said.marks[key] ?? [];
        sheet.of = sheet.text.value;
        paint(sheet);
        sheet.box.querySelector("[data-counts]").innerHTML = said.counts[key] ?? "";
      }
      if (!reasons.querySelector("details[open] input:focus")) fill(reasons, said.reasons);
      fill(form.querySelector("[data-standing]"), said.standing);
      fill(form.querySelector("[data-proofs]"), said.proofs);
      fill(document.querySelector("[data-acts]"), said.acts);
      untried = said.untried;
      if (keeping.id) document.querySelector("[data-title]").textContent = said.title;
      here();
    } catch (error) {
      if (error.name !== "AbortError") keeping.cut();
    }
  }

  // What is open stays open, and nothing is redrawn that says the same.
  function fill(place, html) {
    if (place.dataset.was === html) return;
    const open = new Set([...place.querySelectorAll("[data-fingerprint] details[open]")].map(nameOf));
    place.innerHTML = html;
    place.dataset.was = html;
    for (const more of place.querySelectorAll("[data-fingerprint] details")) if (open.has(nameOf(more))) more.open = true;
  }

  function saved(fresh) {
    if (fresh) look(); // a draft with a number can be decided about
    if (untried) tryLinks();
  }

  // Whether links lead anywhere is asked at a pause, never at a key.
  async function tryLinks() {
    untried = false;
    const answer = await fetch("/drafts/-/links", { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    if (answer?.ok && (await answer.json()).tried) look();
  }

  // ---------------------------------------------------------------- one-click replacement, and the way to the words
  document.addEventListener("click", (event) => {
    const put = event.target.closest("[data-put]");
    if (put) { event.preventDefault(); replace(put); return; }
    const show = event.target.closest("[data-show]");
    if (show) { go(show.dataset.show); return; }
    const drop = event.target.closest("[data-drop]");
    if (drop) { event.preventDefault(); drop.closest("[data-picture-row]").remove(); changed(); }
  });

  function replace(button) {
    const sheet = sheets.get(button.dataset.at);
    const start = Number(button.dataset.start);
    const end = Number(button.dataset.end);
    if (sheet.of !== sheet.text.value) return; // the places are those of another text
    keeping.took(button.closest("[data-reason]").dataset.rule, button.dataset.mark);
    sheet.text.focus();
    sheet.text.setSelectionRange(start, end);
    // execCommand is the one way that keeps the field's own undo.
    const words = button.dataset.put;
    const kept = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
    if (!kept) {
      sheet.text.setRangeText(words, start, end, "end");
      sheet.text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function go(number) {
    for (const sheet of sheets.values()) {
      const mark = sheet.marks.find((one) => String(one[3]) === number);
      if (!mark) continue;
      sheet.text.focus();
      sheet.text.setSelectionRange(mark[0], mark[1]);
    }
  }

  function at(sheet) {
    const caret = sheet.text.selectionStart;
    return sheet.marks.find(([start, end]) => start <= caret && caret <= end);
  }

  // The caret in marked words lights their reason.
  function here() {
    const sheet = [...sheets.values()].find(({ text }) => text === document.activeElement);
    const mark = sheet && at(sheet);
    for (const reason of reasons.querySelectorAll("[data-reason]")) reason.classList.toggle("is-here", Boolean(mark) && reason.dataset.fingerprint === mark[4]);
    return mark;
  }
  document.addEventListener("selectionchange", here);
  document.addEventListener("keydown", (event) => {
    const sheet = [...sheets.values()].find(({ text }) => text === document.activeElement);
    if (!sheet) return;
    if (event.key === "F8") {
      event.preventDefault();
      const caret = sheet.text.selectionEnd;
      const marks = [...sheet.marks].sort((a, b) => a[0] - b[0]);
      const next = marks.find(([start]) => start >= caret) ?? marks[0];
      if (next) sheet.text.setSelectionRange(next[0], next[1]);
    } else if (event.key === "." && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const mark = at(sheet);
      const put = mark && [...reasons.querySelectorAll("[data-put]")].find((one) => one.dataset.mark === mark[4]);
      if (put) replace(put);
    }
  });

  // ---------------------------------------------------------------- saying no
  document.addEventListener("submit", async (event) => {
    const decided = event.target;
    if (decided === form) { keeping.leave(); return; }
    if (!decided.matches("[data-decide]")) return;
    event.preventDefault();
    await keeping.flush();
    const answer = await fetch(decided.action, { method: "POST", body: new URLSearchParams(new FormData(decided)), redirect: "manual" }).catch(() => null);
    if (answer?.type !== "opaqueredirect") { decided.submit(); return; }
    reasons.dataset.was = "";
    document.activeElement?.blur();
    await look();
    reasons.querySelector("summary, button")?.focus();
  });

  // ---------------------------------------------------------------- a channel's own words
  function own(box) {
    const variant = box.closest("[data-variant]");
    const sheet = sheets.get(variant.dataset.variant);
    variant.querySelector("[data-own-sheet]").classList.toggle("scriptless", !box.checked);
    if (box.checked && !sheet.text.value) sheet.text.value = sheets.get("").text.value;
    carried(sheet);
    paint(sheet);
  }

  // ---------------------------------------------------------------- pictures: chosen, dropped or pasted
  for (const { box } of sheets.values()) {
    box.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
    box.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { event.preventDefault(); bring([...event.dataTransfer.files]); } });
    box.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); bring([...event.clipboardData.files]); } });
  }

  async function bring(files) {
    if (readOnly) return;
    const place = form.querySelector("[data-pictures]");
    for (const file of files) {
      const rows = [...place.querySelectorAll("[data-picture-row]")].map((row) => Number(row.dataset.pictureRow));
      const sent = new FormData();
      sent.set("picture", file);
      sent.set("n", String(Math.max(-1, ...rows) + 1));
      place.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch("/drafts/-/picture", { method: "POST", body: sent, headers: { "X-CSRF-Token": csrf } });
        const said = await answer.json();
        if (!answer.ok) { keeping.tell(said.error ?? ""); continue; }
        place.insertAdjacentHTML("beforeend", said.row);
        place.lastElementChild.querySelector("textarea").focus();
        changed();
      } catch {
        keeping.cut();
      } finally {
        place.removeAttribute("aria-busy");
      }
    }
  }
}

function sheetOf(box) {
  const text = box.querySelector("textarea");
  const under = box.querySelector("[data-under]");
  return { box, text, under, of: text.value, marks: JSON.parse(under.dataset.marks) };
}

function nameOf(more) {
  return `${more.closest("[data-fingerprint]").dataset.fingerprint} ${more.querySelector("summary").textContent}`;
}
