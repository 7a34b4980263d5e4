// The shared worker that holds the browser's one stream.
import { Hub } from './live-hub.js';

const hub = new Hub();
self.addEventListener('connect', (event) => {
  const [port] = event.ports;
  const tell = (name, data) => port.postMessage({ name, data });
  port.addEventListener('message', ({ data }) => {
    if (data.join !== undefined) hub.join(tell, data.join);
    else hub.leave(tell);
  });
  port.start();
});
