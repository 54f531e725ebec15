/** The headers of pages; the only place that writes a content security policy. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** The policy of the built pages: its own files, its own inline scripts by their hashes, its own socket, nothing else. */
export function contentSecurityPolicy(folder: string): string {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  const scripts = new Set(
    pages.flatMap((page) =>
      [...readFileSync(join(folder, page), 'utf8').matchAll(INLINE_SCRIPT)].map(
        ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
      ),
    ),
  );
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    // Bars and charts are drawn by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
