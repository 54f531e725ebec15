import { openTransport } from '#lib/live/socket.ts';
import { clock } from '#lib/stores/clock.svelte.ts';

/** The connection is opened while the page's own code is still on its way. */
export const init = (): void => {
  openTransport();
  clock.start();
};
