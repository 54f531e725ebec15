// All data is live and comes over the socket: there is nothing to draw on a server.
export const ssr = false;
