/** The built web app: files with their compressed twins, and its one page for every other address. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type RequestHandler, Router } from 'express';
import sirv from 'sirv';
import { NOUNS_COOKIE } from '#shared/nouns.ts';
import type { NounStore } from '../noun-store.ts';
import { contentSecurityPolicy } from './page-headers.ts';

/** Where the web is built to. */
const WEB_FOLDER = fileURLToPath(new URL('../../build/web', import.meta.url));

/** A face is built once, for `any` place: its page tells the browser at once all that the face is made of. */
const FACE = /^(\/[hnw]\/)[^/?]+(?=\/)/;

/** Files that are the same for everybody. */
const FILES = '/_app/';

/** Serves the app; addresses under `/api` and files that do not exist are left to others. */
export function webApp(
  { nouns, secure }: { nouns: NounStore; secure: boolean },
  folder = WEB_FOLDER,
): RequestHandler {
  if (!existsSync(folder)) return Router();
  const policy = contentSecurityPolicy(folder);
  const serve = sirv(folder, {
    single: true,
    ignores: [/^\/api\//, /^\/live\//, /^\/_app\//],
    gzip: true,
    brotli: true,
    etag: true,
    setHeaders(response, path) {
      const forever = path.startsWith('/_app/immutable/');
      response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, response, next) => {
    response.setHeader('Content-Security-Policy', policy);
    const chosen = nouns.get();
    // A page knows before its first paint what things are called, without a question of its own.
    if (chosen !== null && !request.path.startsWith(FILES))
      response.cookie(NOUNS_COOKIE, JSON.stringify(chosen), { secure, sameSite: 'lax' });
    request.url = request.url.replace(FACE, '$1any');
    serve(request, response, next);
  };
}
