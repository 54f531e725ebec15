/** Requests handed on a few milliseconds' worth at a time, so that thousands at once hold up neither sockets nor timers. */
import type { RequestListener } from 'node:http';

/** Other work of the loop comes in between after this long, ms. */
const SLICE_MS = 8;

/** The same listener, called soon and in the order in which requests came. */
export function inSlices(listener: RequestListener): RequestListener {
  let waiting: Parameters<RequestListener>[] = [];
  const handOn = (): void => {
    const startedAt = performance.now();
    let done = 0;
    for (const request of waiting) {
      listener(...request);
      done += 1;
      if (performance.now() - startedAt >= SLICE_MS) break;
    }
    waiting = waiting.slice(done);
    if (waiting.length > 0) setImmediate(handOn);
  };
  return (...request) => {
    if (waiting.push(request) === 1) setImmediate(handOn);
  };
}
