import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { leaveOutUnused, messages, treeshake } from './vite.parts.ts';

/** Where `npm start` listens; the development server passes the API and the socket on to it. */
const SERVER = process.env['MUSTER_SERVER'] ?? 'http://127.0.0.1:8080';

/** What signing in and settings are made of: few people need it, seldom. */
const ACCOUNTS = /lib\/(views\/(sign-in|settings)|components\/(AskForm|Confirm|Field|ShownOnce))/;

/** What the alerts of a hall and those of a network are made of, and no other screen. */
const ALERTS =
  /lib\/views\/alerts\/(?!Shelve)|\/messages\/(alert_(budget|condition|end|filter|load|tab|verdict)|back_test|log_|no_log|rule_|warning_record|what_came_of_it)/;

/** What is fetched when a screen is drawn, or when somebody opens it: no first view should carry it. */
const LATER =
  /lib\/(views\/(moves|what-if)|components\/(Notices|ReasonDialog)|stores\/(notices|suggestion)|selectors\/(suggestions|course-chart|plan-draft)|format\/(move-(words|explanations)|course-words))|\/messages\/(accept|breaks_|cannot_accept|course_|customer_minutes|giver_|helps_|if_late|lever|move_|no_notices|notices|option|reject|row_|saves_|serves_|shelve_|step_word|suggestion_(?!column)|verdict|what_if_)/;

export default defineConfig({
  plugins: [
    leaveOutUnused,
    messages(),
    sveltekit({
      compilerOptions: { runes: true },
      files: { src: 'web/src', assets: 'web/static' },
      // A face's styles come with its page: one answer instead of five.
      inlineStyleThreshold: Infinity,
      paths: { relative: false },
      adapter: adapter({ pages: 'build/web', fallback: 'index.html', precompress: true }),
    }),
  ],
  build: { rolldownOptions: { treeshake } },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // Few files, because each costs more than its bytes. The walls are built apart, in vite.walls.config.ts.
            codeSplitting: {
              groups: [
                // Kit's start sets these up before anything else may run.
                { name: 'start', test: /client[\\/]payload\.js$|preload-helper|rolldown.runtime/ },
                {
                  name: 'console',
                  minShareCount: 2,
                  test: (id) => ![ACCOUNTS, ALERTS, LATER].some((part) => part.test(id)),
                },
                { name: 'alerts', minShareCount: 2, test: ALERTS },
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
      // Walls are shown as they were built last.
      '^/(w|wall)/': SERVER,
    },
  },
});
