/** Times short functions. */

const WARM_UP_MS = 200;
const BATCHES = 300;
const BATCH_MS = 1;

/**
 * Time of one call, microseconds, once the compiler has made it fast: that of the fastest of many short batches, because
 * what other processes take only ever adds.
 */
export function microsecondsOf(call: () => unknown, batches = BATCHES): number {
  const batch = Math.max(1, Math.ceil((callsWithin(call, WARM_UP_MS) * BATCH_MS) / WARM_UP_MS));
  let fastest = Infinity;
  for (let round = 0; round < batches; round++) {
    const startedAt = performance.now();
    for (let i = 0; i < batch; i++) call();
    fastest = Math.min(fastest, (performance.now() - startedAt) / batch);
  }
  return fastest * 1_000;
}

function callsWithin(call: () => unknown, milliseconds: number): number {
  const end = performance.now() + milliseconds;
  let calls = 0;
  while (performance.now() < end) {
    call();
    calls++;
  }
  return calls;
}
