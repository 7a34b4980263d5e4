// One stream of events for all the tabs of a browser: opens it, keeps it open, remembers what it said lately.
// It runs in a shared worker where there are such, else in each page.
const KEEP = 400; // events remembered for tabs that open later
const SILENT = 35000; // the server gives a sign of life each 10 s
const AGAIN = 2000; // then twice as long each time, up to a minute
const NAMES = ['mentions', 'source', 'charter', 'publication', 'pause', 'incident', 'notice', 'here', 'beat', 'reload'];

export class Hub {
  #tells = new Set();
  #said = []; // all that was told after `from`
  #from = 0;
  #source = null;
  #last = 0;
  #online = true;
  #failures = 0;
  #timer = 0;
  #lang;

  constructor(lang) { this.#lang = lang; }

  // A tab comes, having seen the change feed up to `since`; `tell(name, data)` is called for what happens after.
  join(tell, since) {
    this.#tells.add(tell);
    if (!this.#source) {
      this.#last = since;
      this.#forget();
      this.#connect();
      return;
    }
    if (since < this.#from) tell('reload', null);
    else this.#said.filter((one) => one.id > since).forEach((one) => tell(one.name, one.data));
    tell(this.#online ? 'online' : 'offline', null);
  }

  leave(tell) {
    this.#tells.delete(tell);
    if (!this.#tells.size) this.#close();
  }

  #connect() {
    this.#close();
    const source = new EventSource(`/live?lang=${this.#lang}&since=${this.#last}`);
    this.#source = source;
    for (const name of NAMES) source.addEventListener(name, (event) => this.#heard(name, event));
    source.onopen = () => this.#alive();
    source.onerror = () => {
      this.#set(false);
      if (source.readyState !== EventSource.CLOSED) return;
      this.#again(Math.min(AGAIN * 2 ** this.#failures, 60000));
      this.#failures += 1;
    };
    this.#again(SILENT);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #again(after) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#set(false); this.#connect(); }, after);
  }

  #forget() {
    this.#said = [];
    this.#from = this.#last;
  }

  #alive() {
    this.#failures = 0;
    this.#set(true);
    this.#again(SILENT);
  }

  #heard(name, event) {
    this.#alive();
    const id = Number(event.lastEventId || 0);
    if (id) this.#last = id;
    if (name === 'beat' || name === 'here') return;
    const data = event.data ? JSON.parse(event.data) : null;
    if (name === 'reload') this.#forget();
    else if (name !== 'source') this.#said.push({ id, name, data }); // a new tab has just been told how sources are
    if (this.#said.length > KEEP) this.#from = this.#said.shift().id;
    this.#tell(name, data);
  }

  #set(online) {
    if (online === this.#online) return;
    this.#online = online;
    this.#tell(online ? 'online' : 'offline', null);
  }

  #tell(name, data) { this.#tells.forEach((tell) => tell(name, data)); }
}
