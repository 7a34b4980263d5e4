// Keeping a draft: saved by itself after each pause, held in the browser until the server said yes, and never over
// what somebody else saved meanwhile.

const PAUSE = 600; // after the last change, before saving
const AGAIN = 4000; // after the server did not answer
const LOOK = 15000; // how often to see whether somebody else saved

export class Keeping {
  constructor(form, { csrf, notices, onSaved, readOnly }) {
    Object.assign(this, { form, csrf, notices, onSaved, readOnly, taken: [], count: 0, kept: 0, timer: 0, leaving: false, held: false });
    this.line = document.querySelector("[data-saved]");
    if (readOnly) return;
    this.offer();
    if (form.hasAttribute("data-dirty")) this.changed();
    setInterval(() => this.others(), LOOK);
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.flush(); });
    addEventListener("beforeunload", (event) => { if (!this.leaving && this.count !== this.kept) event.preventDefault(); });
  }

  get id() { return this.form.elements.id.value; }
  get place() { return `vigie.draft.${this.form.dataset.person}.${this.id || "new"}`; }

  changed() {
    this.count += 1;
    this.hold();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  took(rule, mark) { this.taken.push(`${rule} ${mark}`); }

  // Whoever presses a button of the form sends all of it: nothing is left to keep.
  leave() {
    this.leaving = true;
    clearTimeout(this.timer);
    this.drop();
  }

  async flush() {
    clearTimeout(this.timer);
    await this.busy;
    if (this.count !== this.kept) await this.save();
  }

  save() {
    if (this.held || this.leaving) return undefined;
    if (this.busy) return this.busy.then(() => (this.count === this.kept ? undefined : this.save()));
    this.busy = this.send().finally(() => { this.busy = null; });
    return this.busy;
  }

  async send() {
    const mine = this.count;
    const place = this.place;
    const body = new URLSearchParams(new FormData(this.form));
    const taken = this.taken.splice(0);
    for (const one of taken) body.append(`took:${one}`, "1");
    try {
      const answer = await fetch("/drafts/-/save", { method: "POST", body });
      if (answer.status === 409) {
        this.meet(await answer.json());
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      this.form.elements.id.value = said.id;
      this.form.elements.revision.value = said.revision;
      this.kept = mine;
      this.line.textContent = said.said;
      if (said.new) {
        this.form.action = `/drafts/${said.id}`;
        history.replaceState(null, "", this.form.action);
      }
      if (this.count === mine) this.drop(place);
      this.onSaved(said.new);
    } catch {
      this.taken.unshift(...taken);
      this.cut();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), AGAIN);
    }
  }

  // ---------------------------------------------------------------- what the browser holds
  hold() {
    try {
      const fields = [...new FormData(this.form)].filter(([name]) => name !== "_csrf");
      localStorage.setItem(this.place, JSON.stringify({ fields }));
    } catch { /* a browser that keeps nothing: the server still does */ }
  }

  drop(place = this.place) { try { localStorage.removeItem(place); } catch { /* nothing was held */ } }

  // Something typed here never reached the server: offered, never forced.
  offer() {
    let fields;
    try { fields = JSON.parse(localStorage.getItem(this.place) ?? "null")?.fields; } catch { return; }
    if (!fields || this.form.hasAttribute("data-dirty")) return;
    const now = new URLSearchParams(new FormData(this.form));
    const words = fields.filter(([name]) => name !== "revision" && name !== "id");
    if (words.every(([name, value]) => now.get(name) === value)) { this.drop(); return; }
    const notice = this.show(document.querySelector("template[data-lost]"));
    notice.querySelector("[data-take-up]").addEventListener("click", () => {
      this.leaving = true;
      const again = Object.assign(document.createElement("form"), { method: "post", action: this.form.action, hidden: true });
      for (const [name, value] of [...fields, ["_csrf", this.csrf], ["do", "look"]]) {
        const field = document.createElement("textarea");
        Object.assign(field, { name, value });
        again.append(field);
      }
      document.body.append(again);
      again.submit();
    });
    notice.querySelector("[data-forget]").addEventListener("click", () => { this.drop(); notice.remove(); });
  }

  // ---------------------------------------------------------------- somebody else
  meet({ revision, meeting }) {
    this.held = true;
    this.hold();
    this.notices.innerHTML = meeting;
    this.notices.scrollIntoView({ block: "nearest" });
    this.notices.querySelector("[data-mine]").addEventListener("click", () => {
      this.form.elements.revision.value = revision;
      this.held = false;
      this.notices.replaceChildren();
      this.save();
    });
    this.notices.querySelector("[data-theirs]").addEventListener("click", () => {
      this.leaving = true; // what was typed here stays held, and is offered on the next page
      location.assign(`/drafts/${this.id}`);
    });
    this.notices.querySelector("button")?.focus();
  }

  async others() {
    if (!this.id || this.held || document.hidden || this.count !== this.kept || this.notices.querySelector("[data-moved-notice]")) return;
    const said = await fetch(`/drafts/${this.id}/now`).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
    if (!said || this.count !== this.kept || said.revision <= Number(this.form.elements.revision.value)) return;
    const notice = this.show(document.querySelector("template[data-moved]"));
    notice.dataset.movedNotice = "";
    notice.querySelector("[data-who]").textContent = said.said;
    notice.querySelector("a").href = `/drafts/${this.id}`;
  }

  // ---------------------------------------------------------------- telling
  show(template) {
    const box = document.createElement("div");
    box.append(template.content.cloneNode(true));
    this.notices.replaceChildren(box);
    return box;
  }

  cut() { this.line.replaceChildren(document.querySelector("template[data-cut]").content.cloneNode(true)); }

  tell(words) {
    const note = Object.assign(document.createElement("p"), { className: "toast", textContent: words });
    document.getElementById("toasts").append(note);
  }
}
