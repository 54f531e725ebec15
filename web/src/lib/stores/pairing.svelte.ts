/** A screen that waits to be paired: it shows a code, asks whether somebody typed it, and is told its board. */
import type { PairingState, StartedPairing, WallView } from '#shared/accounts.ts';
import { api, Refused } from '#lib/api.ts';

/** After a refusal or without the server it is tried again this often, ms. */
const TRY_AGAIN_MS = 5_000;

export interface Board {
  branch: string;
  view: WallView;
}

export class Pairing {
  /** Six digits; `null` while there are none. */
  code = $state.raw<string | null>(null);

  /** Shows codes until one is typed; `null` when the screen was left. */
  async board(signal: AbortSignal): Promise<Board | null> {
    while (!signal.aborted) {
      const board = await this.#tryOne(signal).catch(() => null);
      if (board) return board;
      this.code = null;
      await pause(TRY_AGAIN_MS, signal);
    }
    return null;
  }

  async #tryOne(signal: AbortSignal): Promise<Board | null> {
    const { pairing, secret, code, pollEveryMs } = await api.post<StartedPairing>('/pairing');
    this.code = code;
    while (!signal.aborted) {
      await pause(pollEveryMs, signal);
      const answer = await stateOf(pairing, secret);
      if (answer.state === 'paired') return { branch: answer.branch, view: answer.view };
      if (answer.state === 'over') return null;
    }
    return null;
  }
}

/** A server that is away for a moment may know the code again when it is back. */
async function stateOf(pairing: string, secret: string): Promise<PairingState> {
  try {
    return await api.post<PairingState>('/pairing/poll', { pairing, secret });
  } catch (error) {
    if (Refused.from(error).code === 'unavailable') return { state: 'waiting' };
    throw error;
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
