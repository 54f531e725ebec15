import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm start` listens; the development server passes the API and the socket on to it. */
const SERVER = process.env['MUSTER_SERVER'] ?? 'http://127.0.0.1:8080';

/** What signing in and settings are made of: few people need it, seldom, and no wall should carry it. */
const ACCOUNTS = /lib\/(views\/(sign-in|settings)|components\/(AskForm|Confirm|Field|ShownOnce|UndoToast))/;

/** What is fetched when a screen is drawn, or when somebody opens it: no first view should carry it. */
const LATER =
  /lib\/(views\/(moves|what-if)|components\/(Notices|ReasonDialog)|stores\/(notices|suggestion)|selectors\/(suggestions|course-chart|plan-draft)|format\/(move|course)-words)|\/messages\/(accept|breaks_|cannot_accept|course_|customer_minutes|giver_|helps_|if_late|lever|move_|no_notices|notices|option|reject|row_|saves_|serves_|step_word|suggestion_(?!column)|verdict|what_if_)/;

/** What no wall shows, however many consoles share it: of `lib` all but what is named here, words of the consoles, and most messages. */
const NOT_FOR_WALLS =
  /\/lib\/(?!live\/|stores\/(address|clock|live-view|parameters|preferences)|format\/(clock-time|duration|number)|components\/(DeadManVeil|ErrorState))|\/shared\/(access|alerts|console-schemas|suggestions)\.ts|\/messages\/(?!wall_|demonstration)/;

/** Status in shape and word: the staff wall shows it like the consoles, the customer wall never does. */
const SIGNS = /\/lib\/(components\/StatusGlyph|selectors\/(order|ratio))|\/messages\/status\./;

/**
 * Libraries carry code for what this app never does, and every wall would load it: transports other than WebSocket,
 * packets with binary parts, Kit's serializer for data of server-side `load` and remote functions, custom
 * elements. By file, what stands there instead.
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

const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  transform(_code, id) {
    const [, file = ''] = id.split('/node_modules/');
    const code = INSTEAD[file];
    return code === undefined ? null : { code, map: null };
  },
};

export default defineConfig({
  plugins: [
    leaveOutUnused,
    paraglideVitePlugin({
      project: './web/project.inlang',
      outdir: './web/src/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
      isServer: 'import.meta.env.SSR',
      emitTsDeclarations: true,
      emitReadme: false,
    }),
    sveltekit({
      compilerOptions: { runes: true },
      files: { src: 'web/src', assets: 'web/static' },
      // A face's styles come with its page: one answer instead of five.
      inlineStyleThreshold: Infinity,
      paths: { relative: false },
      adapter: adapter({ pages: 'build/web', fallback: 'index.html', precompress: true }),
    }),
  ],
  build: {
    // The schemas in shared/ are for the server; without this the browser would carry their library for two constants.
    rolldownOptions: {
      treeshake: {
        manualPureFunctions: ['z'],
        moduleSideEffects: [{ test: /(engine|socket)\.io-/, sideEffects: false }],
      },
    },
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // Few files, because each costs more than its bytes: what all faces share, and what the consoles share.
            // Styles are the consoles' alone; the wall has its own.
            codeSplitting: {
              groups: [
                // Kit's start sets these up before anything else may run.
                { name: 'start', test: /client[\\/]payload\.js$|preload-helper/ },
                {
                  name: 'every',
                  minShareCount: 3,
                  test: (id) => !NOT_FOR_WALLS.test(id) && !ACCOUNTS.test(id),
                },
                // The plain page of a hall shares words with its walls, but not their stage.
                { name: 'stage', test: /styles\/wall\.css/ },
                {
                  name: 'wall',
                  minShareCount: 2,
                  test: /lib\/(views\/wall\/|selectors\/(wall-|customer-wall|staff-wall)|stores\/wall-care)|messages\/wall_/,
                },
                { name: 'signs', minShareCount: 2, test: SIGNS },
                { name: 'console', minShareCount: 2, test: (id) => !ACCOUNTS.test(id) && !LATER.test(id) },
                { name: 'accounts', minShareCount: 2, test: (id) => !LATER.test(id) },
                { name: 'later', minShareCount: 2 },
              ],
            },
          },
        },
      },
    },
  },
  // Express and Kit want different majors of it.
  ssr: { noExternal: ['cookie'] },
  server: {
    proxy: {
      '/api': SERVER,
      '/live': { target: SERVER, ws: true },
    },
  },
});
