/** The time of the server and the pulse of the page: one second hand for all tickers. */

const SECOND_MS = 1_000;
/** Messages vary by this much in transit; the clock is not set again for less, so that tickers stay even. */
const TRANSIT_MS = 250;

class Clock {
  /** Epoch ms by the server's clock, at the last full second; the browser's own until the server was heard. */
  now = $state(Date.now());
  /** Monotonic ms of the last beat. */
  beatAt = $state(performance.now());
  #offsetMs = Date.now() - performance.now();
  #listeners = new Set<() => void>();

  /** Starts the second hand; once in the life of a page. */
  start(): void {
    const again = () => {
      this.beat();
      const time = performance.now() + this.#offsetMs;
      setTimeout(again, SECOND_MS - (time % SECOND_MS));
    };
    again();
    // Timers of hidden pages are late and those of sleeping ones stand still: look at once on return.
    for (const event of ['visibilitychange', 'resume', 'pageshow', 'online', 'focus'])
      addEventListener(event, () => this.beat(), { capture: true });
  }

  /** Sets the clock by a message that carries the server's time, epoch ms. */
  adjust(serverTime: number): void {
    const offset = serverTime - performance.now();
    if (Math.abs(offset - this.#offsetMs) <= TRANSIT_MS) return;
    this.#offsetMs = offset;
    this.beat();
  }

  /** The server's time of a monotonic instant, epoch ms. */
  serverTimeOf(monotonicMs: number): number {
    return monotonicMs + this.#offsetMs;
  }

  /** Calls `listener` at every beat; gives the way to stop. */
  onBeat(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  beat(): void {
    this.beatAt = performance.now();
    this.now = Math.floor((this.beatAt + this.#offsetMs) / SECOND_MS) * SECOND_MS;
    for (const listener of this.#listeners) listener();
  }
}

export const clock = new Clock();
