/** What a thread does so that live screens come first. */
import { setPriority } from 'node:os';

/** Of 0 (as everything) to 19: about a tenth of a core where live work wants all of it, all that is free otherwise. */
const BEHIND_LIVE_WORK = 10;

/** Puts this thread behind the threads that serve screens, where the system knows priorities of threads (Linux). */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(0, BEHIND_LIVE_WORK);
}
