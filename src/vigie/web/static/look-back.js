// Looking back over what is kept, told line by line while it is read. Leaving the page or "stop" ends the work itself.
// Without this script the button sends the form, and the page that comes back has looked as far as it can wait for.

const form = document.querySelector("[data-query-form]");
const past = document.querySelector("[data-past]");
if (form && past) start();

function start() {
  const go = past.querySelector("[data-past-go]");
  const stop = past.querySelector("[data-past-stop]");
  const figures = past.querySelector("[data-past-figures]");
  const examples = past.querySelector("[data-past-examples]");
  const said = past.querySelector("[data-past-said]");
  let reading = null;

  go.addEventListener("click", (event) => {
    event.preventDefault();
    look();
  });
  stop.addEventListener("click", () => {
    end("stopped");
    go.focus();
  });
  form.querySelector("textarea").addEventListener("input", () => { // what is shown speaks of another text
    end();
    figures.replaceChildren();
    examples.replaceChildren();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    look();
  });

  async function look() {
    reading?.abort();
    const mine = (reading = new AbortController());
    busy(true);
    examples.replaceChildren();
    figures.replaceChildren();
    said.textContent = "";
    let state = "reading";
    try {
      const data = new FormData(form, go);
      const answer = await fetch(form.dataset.lookBackAt, { method: "POST", body: new URLSearchParams(data), signal: mine.signal, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(String(answer.status));
      for await (const told of lines(answer.body)) {
        if (mine !== reading) return;
        state = told.state;
        figures.innerHTML = told.figures;
        if (told.examples !== undefined) examples.innerHTML = told.examples;
      }
      if (mine !== reading) return;
      if (state === "reading") end("cut"); // the line broke before the last word
      else end();
      said.textContent = figures.querySelector(".past__n")?.textContent ?? figures.textContent;
    } catch (error) {
      if (mine === reading && error.name !== "AbortError") end("cut");
    }
  }

  // Ends what is being read: "stopped" and "cut" say so under the figures.
  function end(why) {
    reading?.abort();
    reading = null;
    busy(false);
    if (why) figures.append(past.querySelector(`template[data-past-${why}]`).content.cloneNode(true));
  }

  function busy(on) {
    stop.hidden = !on;
    figures.setAttribute("aria-busy", String(on));
  }
}

async function* lines(body) {
  let rest = "";
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const whole = (rest + value).split("\n");
    rest = whole.pop();
    for (const line of whole) yield JSON.parse(line);
  }
}
