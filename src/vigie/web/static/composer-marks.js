// The lines under the words: a copy of the text beneath the field, of which only the lines are seen.
import { moving } from "./moving-marks.js";

const GRAVEST = ["ask", "note", "warn", "block"];

// A sheet is { text: the field, under: its copy, of: the text that the marks are about, marks: [start, end, severity, number, fingerprint] }.
export function paint({ text, under, marks }) {
  const words = text.value;
  const cuts = new Set([0, words.length]);
  for (const [start, end] of marks) cuts.add(Math.min(start, words.length)).add(Math.min(end, words.length));
  const order = [...cuts].sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < order.length; i += 1) {
    const piece = words.slice(order[i], order[i + 1]);
    const over = marks.filter(([start, end]) => start <= order[i] && end >= order[i + 1]);
    if (!over.length) {
      pieces.push(piece);
      continue;
    }
    const gravest = GRAVEST[Math.max(...over.map(([, , severity]) => GRAVEST.indexOf(severity)))];
    const numbers = over.filter(([, end, , number]) => number && end === order[i + 1]).map((mark) => mark[3]);
    let span = pieces.at(-1);
    if (span?.dataset?.s === gravest && !span.dataset.n) span.textContent += piece; // one line goes on
    else {
      span = Object.assign(document.createElement("span"), { className: "find", textContent: piece });
      span.dataset.s = gravest;
      pieces.push(span);
    }
    if (numbers.length) span.dataset.n = numbers.join(",");
  }
  under.replaceChildren(...pieces, "\n");
}

// Lines follow the words that did not change; what was just typed has none until the charter has spoken.
export function carried(sheet) {
  const now = sheet.text.value;
  sheet.marks = moving(sheet.of, now)(sheet.marks);
  sheet.of = now;
}
