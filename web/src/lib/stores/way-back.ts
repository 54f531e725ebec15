/** Where somebody was before signing in. Only addresses of our own are gone back to. */

const KEY = 'muster.wayBack';
const HOME = '/';

/** The whole address when it is of this origin, else that of the home page; a path alone could name another host. */
export function ownAddress(address: string | null, origin: string): string {
  const home = new URL(HOME, origin).href;
  if (address === null || !URL.canParse(address, origin)) return home;
  const url = new URL(address, origin);
  return url.origin === origin ? url.href : home;
}

/** Keeps the way back while the identity provider has the browser. */
export const keepWayBack = (path: string): void => sessionStorage.setItem(KEY, path);

/** The way back that was kept, once. */
export function takeWayBack(): string | null {
  const path = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return path;
}
