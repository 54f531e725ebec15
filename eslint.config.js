import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

const ONLY_CONFIG_READS_ENV = 'Only server/config.ts reads the environment; pass the setting in.';
const PURE = 'is an effect: the core gets time, chance and input as arguments.';

const readsEnvironment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: ONLY_CONFIG_READS_ENV,
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/]',
    message: ONLY_CONFIG_READS_ENV,
  },
];

/**
 * What would make the core depend on when and where it runs.
 * @type {import('eslint').Linter.RulesRecord}
 */
const impure = {
  'no-restricted-globals': [
    'error',
    ...[
      'performance',
      'setTimeout',
      'setInterval',
      'setImmediate',
      'queueMicrotask',
      'process',
      'crypto',
      'fetch',
      'console',
      'window',
      'document',
      'navigator',
      'localStorage',
    ].map((name) => ({ name, message: `${name} ${PURE}` })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: `Date.now ${PURE}` },
    { object: 'Math', property: 'random', message: `Math.random ${PURE}` },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: `new Date() ${PURE}` },
    { selector: "CallExpression[callee.name='Date']", message: `Date() ${PURE}` },
  ],
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          group: ['node:*', 'redis', '@redis/*', 'socket.io', 'socket.io-client', 'express', 'pino'],
          message: `It ${PURE}`,
        },
      ],
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      '.cache/',
      'data/',
      'web/src/paraglide/',
      'test-results/',
      'playwright-report/',
    ],
  },
  tseslint.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 250 }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Ports are objects of closures; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['web/**/*.svelte', 'web/**/*.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Live tables are replaced as a whole; a reactive Map would watch every row of them.
      'svelte/prefer-svelte-reactivity': 'off',
      // Muster is served at the root of its origin, so links need no base path.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    // The linter cannot see types through .svelte imports; svelte-check can.
    files: ['web/**/*.svelte'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
        `@typescript-eslint/no-unsafe-${use}`,
        'off',
      ]),
    ),
  },
  {
    files: ['server/domain/**/*.ts', 'shared/**/*.ts'],
    rules: impure,
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/config.ts', 'server/domain/**'],
    rules: { 'no-restricted-syntax': ['error', ...readsEnvironment] },
  },
  {
    // The compiler checks them by their JSDoc types; these rules cannot see a JSDoc cast.
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // Standard output of the launchers and of the measuring commands is their product.
    files: ['scripts/**', 'server/cli/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
);
