import { openTransport } from '#lib/live/socket.ts';
import { clock } from '#lib/stores/clock.svelte.ts';

/** Pages of those who may not connect yet. */
const WITHOUT_CONNECTION = /^\/(sign-in|setup|settings)(\/|$)/;

/** The connection is opened while the page's own code is still on its way. */
export const init = (): void => {
  if (!WITHOUT_CONNECTION.test(location.pathname)) openTransport();
  clock.start();
};
