import type { Handle } from '@sveltejs/kit/hooks';

/** The files that a page names at once; Kit puts the page's own last. */
const NAMED = /((?:<link[^>]*rel="modulepreload">\s*)+)(<link[^>]*rel="modulepreload">)/;

/**
 * Pages are made once, at the build. What takes longest is asked for first: a browser has six connections to a server, and
 * whatever comes seventh waits until one of them is free.
 */
export const handle: Handle = ({ event, resolve }) =>
  resolve(event, { transformPageChunk: ({ html }) => html.replace(NAMED, '$2\n    $1') });
