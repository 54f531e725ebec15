import { performance } from 'node:perf_hooks';

const UTILISATION_EVERY_MS = 500;

/** How busy the event loop was lately, 0–1; looked up when asked, so that an idle process is not woken for it. */
export function watchUtilisation(): () => number {
  let last = performance.eventLoopUtilization();
  let lookedUpAt = performance.now();
  let ratio = 0;
  return () => {
    if (performance.now() - lookedUpAt >= UTILISATION_EVERY_MS) {
      const now = performance.eventLoopUtilization();
      ratio = performance.eventLoopUtilization(now, last).utilization;
      last = now;
      lookedUpAt = performance.now();
    }
    return ratio;
  };
}
