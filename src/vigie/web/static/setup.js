// The first run: guesses the time zone, skips a question, and listens to the public network while one types.

const form = document.querySelector("[data-setup]");
if (form) {
  const heard = document.querySelector("[data-heard]");
  const read = document.querySelector("[data-read]");
  const down = document.querySelector("[data-down]");
  const posts = document.querySelector("[data-posts]");
  const zone = form.querySelector("[data-zone]");
  const MOST = 8;
  let stream = null;
  let timer = 0;
  let asked = null;

  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (here && zone.value === zone.defaultValue && [...zone.list.options].some((option) => option.value === here)) zone.value = here;

  for (const skip of form.querySelectorAll("[data-skip]")) {
    skip.hidden = false;
    skip.addEventListener("click", () => {
      const question = skip.closest(".setup__q");
      for (const field of question.querySelectorAll("input:not([type=checkbox]), textarea")) field.value = field.defaultValue;
      for (const box of question.querySelectorAll("[type=checkbox]")) box.checked = box.defaultChecked;
      const next = question.nextElementSibling.querySelector("input, textarea, button");
      next?.focus();
      listen();
    });
  }
  form.querySelector("[data-hear]").hidden = true;
  for (const field of [form.elements.name, form.elements.words]) {
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(listen, 700); });
  }
  addEventListener("pagehide", () => stream?.close());
  listen();

  function listen() {
    const said = new URLSearchParams({ words: form.elements.words.value, name: form.elements.name.value, zone: zone.value }).toString();
    if (said === asked) return;
    asked = said;
    stream?.close();
    stream = null;
    down?.setAttribute("hidden", "");
    posts?.replaceChildren();
    if (read) read.textContent = "";
    if (!form.elements.words.value.trim() && !form.elements.name.value.trim()) return hear_nothing();
    if (read) read.textContent = read.dataset.waiting;
    const mine = (stream = new EventSource(`/setup/live?${said}`));
    const on = (name, act) => mine.addEventListener(name, (event) => { if (mine === stream) act(event.data); });
    on("query", (html) => { heard.innerHTML = html; if (read && heard.querySelector(".error")) read.textContent = ""; });
    on("read", (text) => { if (read) read.textContent = text; });
    on("post", (html) => {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const row = holder.content.querySelector("li");
      row.classList.add("is-new");
      posts.prepend(row);
      while (posts.children.length > MOST) posts.lastElementChild.remove();
    });
    on("down", (text) => { read.textContent = ""; down.querySelector("p").textContent = text; down.hidden = false; });
    on("over", () => mine.close());
    mine.addEventListener("error", () => { if (mine === stream) { mine.close(); asked = null; } });
  }

  async function hear_nothing() {
    const answer = await fetch("/setup/live", { headers: { Accept: "text/event-stream" } });
    const text = await answer.text();
    const html = /event: query\ndata: (.*)/.exec(text);
    if (html) heard.innerHTML = html[1];
  }
}
