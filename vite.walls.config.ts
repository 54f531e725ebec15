/** Builds the walls: pages without a router, which name at once all that they are made of. After that of the consoles. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { leaveOutUnused, messages, treeshake } from './vite.parts.ts';

const OUT = 'build/web';
const FILES = '_app/immutable/walls';
/** A page is served for every place; see `server/http/web-app.ts`. */
const PAGES = ['w/any/customer.html', 'w/any/staff.html', 'wall/pair.html'];

/** The compressed twins that are sent instead of a file. */
const precompress: Plugin = {
  name: 'precompress',
  closeBundle() {
    const files = readdirSync(join(OUT, FILES)).map((file) => join(FILES, file));
    for (const file of [...files, ...PAGES]) {
      const path = join(OUT, file);
      const content = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(content));
      writeFileSync(`${path}.br`, brotliCompressSync(content));
    }
  },
};

export default defineConfig({
  root: 'web',
  publicDir: false,
  plugins: [leaveOutUnused, messages(), svelte({ compilerOptions: { runes: true } }), precompress],
  build: {
    outDir: `../${OUT}`,
    emptyOutDir: false,
    assetsDir: FILES,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: PAGES.map((page) => join('web', page)), treeshake },
  },
});
