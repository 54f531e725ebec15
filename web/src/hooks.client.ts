import { openTransport } from '#lib/live/socket.ts';

/** The connection is opened while the page's own code is still on its way. */
export const init = (): void => {
  openTransport();
};
