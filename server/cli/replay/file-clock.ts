import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, systemClock } from '../../clock.ts';

/** The clock of a recording that is replayed. */
export interface FileClock extends Clock {
  /** Comes to an instant of the file: at once at full speed, else when its time has come or `signal` ends the wait. */
  reach(fileMs: number, signal: AbortSignal): Promise<void>;
}

/** A clock that runs `speed` times as fast as ours, or (`null`) stands where the replay has come to. */
export function fileClock(speed: number | null): FileClock {
  let now = 0;
  let started: { real: number; file: number } | null = null;
  const fileNow = (): number =>
    speed === null || started === null
      ? now
      : started.file + (systemClock.monotonic() - started.real) * speed;
  return {
    now: () => Math.max(now, Math.floor(fileNow())),
    monotonic: () => systemClock.monotonic(),
    async reach(fileMs, signal) {
      if (speed !== null) {
        started ??= { real: systemClock.monotonic(), file: fileMs };
        const waitMs = (fileMs - fileNow()) / speed;
        if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      }
      now = Math.max(now, fileMs);
    },
  };
}
