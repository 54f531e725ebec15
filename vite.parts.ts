/** What the builds of the consoles and of the walls share. */
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import type { Plugin } from 'vite';
import { nounsInMessages } from './vite.nouns.ts';
import { shortMessages } from './vite.short-messages.ts';

/** Messages of both languages as functions, each of which is carried only where it is called. */
export const messages = () => [
  paraglideVitePlugin({
    project: './web/project.inlang',
    outdir: './web/src/paraglide',
    strategy: ['globalVariable', 'baseLocale'],
    isServer: 'import.meta.env.SSR',
    emitTsDeclarations: true,
    emitReadme: false,
  }),
  nounsInMessages,
  shortMessages,
];

/**
 * Libraries carry code for what this app never does: transports other than WebSocket, packets with binary parts, Kit's
 * serializer for data of server-side `load` and remote functions, custom elements. By file, what stands there instead.
 */
const INSTEAD: Record<string, string> = {
  'engine.io-client/build/esm/transports/index.js': `
    import { WS } from './websocket.js';
    export const transports = { websocket: WS };`,
  'socket.io-parser/build/esm/is-binary.js': `
    export const isBinary = () => false;
    export const hasBinary = isBinary;`,
  'socket.io-parser/build/esm/binary.js': `
    export const deconstructPacket = undefined;
    export const reconstructPacket = undefined;`,
  'devalue/index.js': `
    export const { parse, stringify } = JSON;
    export const unflatten = (data) => data;`,
  'svelte/src/internal/client/dom/elements/custom-element.js': `
    export const create_custom_element = undefined;`,
};

export const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  transform(_code, id) {
    const [, file = ''] = id.split('/node_modules/');
    const code = INSTEAD[file];
    return code === undefined ? null : { code, map: null };
  },
};

/** The schemas in shared/ are for the server; without this the browser would carry their library for two constants. */
export const treeshake = {
  manualPureFunctions: ['z'],
  moduleSideEffects: [{ test: /(engine|socket)\.io-/, sideEffects: false }],
};
