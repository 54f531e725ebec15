/**
 * What this process appended, in the order in which the log took it. Where nobody else writes, whoever follows the log
 * here need not read it back.
 */
import type { LogChunk } from './event-log.ts';

/** A follower that is further behind than this reads the log instead, facts. */
const MOST_FACTS = 50_000;

/** The share of one follower. */
export interface OwnReading {
  /** Resolves when there is something to take, after `ms` at the latest. */
  news(ms: number): Promise<void>;
  /** What the log took since the last call; `null` at first and when some of it may be missing: then the log must be read. */
  take(): LogChunk[] | null;
  /** What is kept is not all there is. */
  miss(): void;
  /** Ends it; who waits for news waits no longer. */
  close(): void;
}

export interface OwnAppends {
  /** The log took these; to be called in its order. */
  took(chunks: readonly LogChunk[]): void;
  /** Nobody knows whether the log took something. */
  lost(): void;
  /** Keeps what is taken from now on. */
  listen(): OwnReading;
}

export function createOwnAppends(): OwnAppends {
  const readings = new Set<Reading>();
  return {
    took(chunks) {
      for (const reading of readings) reading.add(chunks);
    },
    lost() {
      for (const reading of readings) reading.miss();
    },
    listen() {
      const reading = new Reading(() => readings.delete(reading));
      readings.add(reading);
      return reading;
    },
  };
}

class Reading implements OwnReading {
  #leave: () => void;
  #chunks: LogChunk[] = [];
  #facts = 0;
  #missing = true;
  #wake: (() => void) | null = null;

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  add(chunks: readonly LogChunk[]): void {
    // Whoever reads the log next finds these there.
    if (this.#missing) return;
    for (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#facts += chunk.events.length;
    }
    if (this.#facts > MOST_FACTS) this.miss();
    else this.#wakeUp();
  }

  miss(): void {
    this.#missing = true;
    this.#chunks = [];
    this.#facts = 0;
    this.#wakeUp();
  }

  news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#missing || this.#chunks.length > 0) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wake = wake;
    });
  }

  take(): LogChunk[] | null {
    const taken = this.#missing ? null : this.#chunks;
    this.#missing = false;
    this.#chunks = [];
    this.#facts = 0;
    return taken;
  }

  close(): void {
    this.#leave();
    this.#wakeUp();
  }

  // Those whose appends were answered together are taken together, after they were told.
  #wakeUp(): void {
    if (this.#wake) setImmediate(this.#wake);
    this.#wake = null;
  }
}
