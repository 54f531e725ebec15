import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 5;
const LONGEST_MS = 15_000;

/** Waits until something is so, looking often; throws what was awaited when it takes too long. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  longestMs = LONGEST_MS,
): Promise<void> {
  const deadline = performance.now() + longestMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited ${longestMs} ms in vain: ${what}`);
    await sleep(LOOK_AGAIN_MS);
  }
}

/** The answer, or an error that names what was awaited when it takes too long. */
export async function soon<T>(answer: Promise<T>, what: string, longestMs = LONGEST_MS): Promise<T> {
  const timer = new AbortController();
  const late = sleep(longestMs, undefined, { signal: timer.signal }).then(() =>
    Promise.reject(new Error(`waited ${longestMs} ms in vain: ${what}`)),
  );
  late.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    timer.abort();
  }
}
