/** Cookies of sessions and walls: out of the page's reach, for this origin alone. */
import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';

export type CookieName = 'session' | 'device' | 'sso';

export interface Cookies {
  read(request: IncomingMessage, name: CookieName): string | undefined;
  /** `endsAt` in epoch ms. */
  set(response: Response, name: CookieName, value: string, endsAt: number): void;
  clear(response: Response, name: CookieName): void;
}

/** With `secure` they bear the `__Host-` prefix, which a browser takes over HTTPS only, and from this host only. */
export function createCookies(secure: boolean): Cookies {
  const nameOf = (name: CookieName): string => `${secure ? '__Host-' : ''}muster-${name}`;
  // Lax: Strict would be missing on the way back from the identity provider.
  const options = { httpOnly: true, secure, sameSite: 'lax', path: '/' } as const;
  return {
    read({ headers }, name) {
      const wanted = nameOf(name);
      for (const pair of (headers.cookie ?? '').split(';')) {
        const [key, value] = pair.trim().split('=', 2);
        if (key === wanted && value !== undefined && value !== '') return value;
      }
      return undefined;
    },
    set: (response, name, value, endsAt) =>
      void response.cookie(nameOf(name), value, { ...options, expires: new Date(endsAt) }),
    clear: (response, name) => void response.clearCookie(nameOf(name), options),
  };
}
