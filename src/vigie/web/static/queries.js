// The query editor: colours under the text as one types, the parser's word after each pause, names completed.
// Without this script the page is a plain form: the buttons "check", "preview" and "save" do the same by themselves.
import { moving } from "./moving-marks.js";

const PAUSE = 200; // after the last key, before asking what the parser says
const LOOK = 500; // after a text that can be read, before looking for it in the sample

const form = document.querySelector("[data-query-form]");
if (form) start(form);
for (const link of document.querySelectorAll("[data-opens]")) {
  const dialog = document.getElementById(link.dataset.opens);
  if (dialog) link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });
}

function start(form) {
  const editor = form.querySelector("[data-editor]");
  const text = editor.querySelector("textarea");
  const under = editor.querySelector("[data-under]");
  const verdict = form.querySelector("[data-verdict]");
  const figures = form.querySelector("[data-figures]");
  const sample = document.querySelector("[data-preview]");
  const save = form.querySelector("[data-save]");
  const names = JSON.parse(editor.dataset.names || "[]");
  let shown = { text: text.value, ...JSON.parse(editor.dataset.painted || '{"tokens":[],"faults":[]}') };
  let asked = null;
  let looked = null;
  let timer = 0;
  let looking = 0;
  let leaving = false;
  const first = snapshot();

  editor.classList.add("is-live");
  paint();

  text.addEventListener("input", () => {
    shown = carried(shown, text.value);
    paint();
    clearTimeout(timer);
    clearTimeout(looking);
    timer = setTimeout(examine, PAUSE);
    complete();
  });
  text.addEventListener("blur", () => setTimeout(() => list.close(), 120));
  form.addEventListener("click", (event) => {
    const mend = event.target.closest("[data-mend]");
    if (mend) {
      event.preventDefault();
      replace(Number(mend.dataset.start), Number(mend.dataset.end), mend.dataset.mend);
      return;
    }
    const place = event.target.closest("[data-place]");
    if (place) {
      event.preventDefault();
      text.focus();
      text.setSelectionRange(Number(place.dataset.place), Number(place.dataset.until));
      return;
    }
    if (event.target.closest("[data-look]")) {
      event.preventDefault();
      look(true);
    }
  });
  document.addEventListener("click", (event) => {
    const take = event.target.closest("[data-take]");
    if (!take) return;
    event.preventDefault();
    replace(0, text.value.length, take.dataset.take);
    text.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === "s" && save) {
      event.preventDefault();
      if (form.reportValidity()) form.requestSubmit(save);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      look(true);
    }
  });
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => { if (!leaving && snapshot() !== first) event.preventDefault(); });

  function snapshot() {
    return [...form.querySelectorAll("input:not([type=hidden]), textarea")].map((field) => field.value).join("\0");
  }

  function replace(start, end, words) {
    text.focus();
    text.setSelectionRange(start, end);
    // execCommand is the one way that keeps the field's own undo.
    const kept = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
    if (!kept) {
      text.setRangeText(words, start, end, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  async function ask(address, signal) {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), signal, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }

  async function examine() {
    asked?.abort();
    const mine = (asked = new AbortController());
    const said = text.value;
    editor.setAttribute("aria-busy", "true");
    try {
      const answer = await (await ask(form.dataset.examineAt, mine.signal)).json();
      if (mine !== asked || said !== text.value) return;
      shown = { text: said, tokens: answer.tokens, faults: answer.faults };
      paint();
      verdict.innerHTML = answer.verdict;
      figures.innerHTML = answer.figures;
      editor.toggleAttribute("data-s", false);
      if (!answer.readable && said.trim()) editor.dataset.s = "stop";
      text.setAttribute("aria-invalid", String(!answer.readable && said.trim() !== ""));
      if (save) save.toggleAttribute("disabled", !answer.readable);
      sample.hidden = !answer.readable; // it speaks of another text until this one is mended
      clearTimeout(looking);
      if (answer.readable) looking = setTimeout(() => look(false), LOOK);
    } catch (error) {
      if (error.name !== "AbortError") verdict.innerHTML = form.querySelector("[data-cut]").innerHTML;
    } finally {
      if (mine === asked) editor.removeAttribute("aria-busy");
    }
  }

  async function look(go) {
    looked?.abort();
    const mine = (looked = new AbortController());
    sample.setAttribute("aria-busy", "true");
    try {
      const answer = await (await ask(form.dataset.previewAt, mine.signal)).text();
      if (mine !== looked) return;
      sample.innerHTML = answer;
      const figure = sample.querySelector("template[data-figure]");
      const place = figures.querySelector("[data-found]");
      if (figure && place) place.replaceChildren(figure.content.cloneNode(true));
      if (go) sample.scrollIntoView({ block: "nearest" });
      offer();
    } catch (error) {
      if (error.name !== "AbortError") verdict.innerHTML = form.querySelector("[data-cut]").innerHTML;
    } finally {
      if (mine === looked) sample.removeAttribute("aria-busy");
    }
  }

  // ---------------------------------------------------------------- words to add, and queries of other products
  const suggest = document.querySelector("[data-suggest]");
  const paste = document.querySelector("[data-paste]");
  let offered = "";

  suggest?.addEventListener("toggle", offer);
  paste?.querySelector("[data-paste-go]").addEventListener("click", (event) => {
    event.preventDefault();
    fill(paste.querySelector("[data-paste-said]"), form.dataset.translateAt);
  });

  function offer() {
    if (!suggest?.open || offered === text.value) return;
    offered = text.value;
    fill(suggest.querySelector("[data-suggest-said]"), form.dataset.suggestAt);
  }

  async function fill(place, address) {
    place.setAttribute("aria-busy", "true");
    try {
      place.innerHTML = await (await ask(address)).text();
    } catch {
      place.innerHTML = form.querySelector("[data-cut]").innerHTML;
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  function paint() {
    const cuts = new Set([0, shown.text.length]);
    const marks = [...shown.tokens.map(([start, end, kind]) => ({ start, end, kind })), ...shown.faults.map(([start, end, kind]) => ({ start, end: Math.max(end, start + 1), kind }))];
    for (const { start, end } of marks) cuts.add(start).add(Math.min(end, shown.text.length));
    for (let at = shown.text.indexOf("\n"); at >= 0; at = shown.text.indexOf("\n", at + 1)) cuts.add(at).add(at + 1);
    const order = [...cuts].sort((a, b) => a - b);
    const lines = [line()];
    for (let i = 0; i + 1 < order.length; i += 1) {
      const piece = shown.text.slice(order[i], order[i + 1]);
      if (piece === "\n") {
        lines.push(line());
        continue;
      }
      const kinds = marks.filter(({ start, end }) => start <= order[i] && end >= order[i + 1]).map(({ kind }) => kind);
      lines.at(-1).append(kinds.length ? Object.assign(document.createElement("span"), { className: kinds.join(" "), textContent: piece }) : piece);
    }
    under.replaceChildren(...lines);
  }

  function line() {
    return Object.assign(document.createElement("span"), { className: "editor__line" });
  }

  // ---------------------------------------------------------------- completing {names}
  const list = names_list();

  function complete() {
    const before = text.value.slice(0, text.selectionStart);
    const open = /\{([\w-]*)$/.exec(before);
    if (!open) return list.close();
    const fits = names.filter(([name]) => name.startsWith(open[1].toLowerCase()) && name !== form.dataset.id);
    if (fits.length) list.open(fits, open[1].length);
    else list.close();
  }

  function names_list() {
    const box = editor.querySelector("[data-names-list]");
    let fits = [];
    let typed = 0;
    let at = 0;
    const show = () => {
      box.replaceChildren(...fits.map(([name, purpose], index) => {
        const item = Object.assign(document.createElement("li"), { role: "option", id: `name-${index}` });
        item.setAttribute("aria-selected", String(index === at));
        item.append(Object.assign(document.createElement("code"), { textContent: `{${name}}` }), Object.assign(document.createElement("small"), { textContent: purpose }));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); at = index; choose(); });
        return item;
      }));
      text.setAttribute("aria-activedescendant", `name-${at}`);
      box.children[at]?.scrollIntoView({ block: "nearest" });
    };
    const choose = () => {
      const caret = text.selectionStart;
      const closing = text.value[caret] === "}" ? 1 : 0;
      const name = fits[at][0];
      close();
      replace(caret - typed, caret + closing, `${name}}`);
      close();
    };
    const close = () => {
      box.hidden = true;
      text.removeAttribute("aria-activedescendant");
    };
    text.addEventListener("keydown", (event) => {
      if (box.hidden) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) at = (at + step + fits.length) % fits.length;
      else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); return close(); }
      else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey) { event.preventDefault(); return choose(); }
      else return;
      event.preventDefault();
      show();
    });
    return {
      close,
      open(found, length) {
        fits = found;
        typed = length;
        at = 0;
        box.hidden = false;
        show();
        const caret = caret_place(text.selectionStart);
        box.style.left = `${Math.min(caret.left, Math.max(0, editor.clientWidth - box.offsetWidth - 8))}px`;
        box.style.top = `${caret.bottom + 4}px`;
      },
    };
  }

  // Where the caret stands: measured in the coloured copy, which breaks its lines at the same places.
  function caret_place(offset) {
    let left = offset;
    for (const row of under.children) {
      if (left <= row.textContent.length) {
        const range = document.createRange();
        const walk = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
        let node = walk.nextNode();
        while (node && left > node.length) { left -= node.length; node = walk.nextNode(); }
        if (node) { range.setStart(node, left); range.collapse(true); } else range.selectNodeContents(row);
        const spot = range.getBoundingClientRect();
        const ground = editor.getBoundingClientRect();
        return { left: spot.left - ground.left, bottom: spot.bottom - ground.top };
      }
      left -= row.textContent.length + 1;
    }
    return { left: 0, bottom: 0 };
  }
}

// Colours follow the text that did not change; what was just typed is plain until the parser has spoken.
function carried(shown, now) {
  const move = moving(shown.text, now);
  return { text: now, tokens: move(shown.tokens), faults: move(shown.faults) };
}
