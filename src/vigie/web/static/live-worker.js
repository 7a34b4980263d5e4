// The shared worker that holds the browser's one stream; its name is the language that rows are drawn in.
import { Hub } from './live-hub.js';

const hub = new Hub(self.name);
self.addEventListener('connect', (event) => {
  const [port] = event.ports;
  const tell = (name, data) => port.postMessage({ name, data });
  port.addEventListener('message', ({ data }) => {
    if (data.join !== undefined) hub.join(tell, data.join);
    else hub.leave(tell);
  });
  port.start();
});
