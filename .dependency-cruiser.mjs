/** Who may import whom; the folders are explained in docs/architecture.md. Type imports count. */

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Layers of the domain, lowest first: each may import those before it, never those after. */
const DOMAIN_LAYERS = ['branch', 'metrics', 'queueing', 'forecast', 'drivers', 'prediction', 'staffing'];

const domainRunsOneWay = DOMAIN_LAYERS.slice(0, -1).map((layer, index) =>
  rule(
    `domain-${layer}-is-below`,
    'Inside the domain imports run one way, so that each layer can be read and tested without the next.',
    { path: `^server/domain/${layer}/` },
    { path: `^server/domain/(${[...DOMAIN_LAYERS.slice(index + 1), 'alerts', 'assess'].join('|')})/` },
  ),
);

/** Only `owner` (a path pattern) may import the package. */
const onlyOwner = (library, owner, within) =>
  rule(
    `one-owner-of-${library.replaceAll('\\', '')}`,
    'One place owns a library: its options, errors and replacement are decided there.',
    { path: within, pathNot: owner },
    { path: `node_modules/${library}/` },
  );

export default {
  forbidden: [
    rule('no-cycles', 'A cycle cannot be read from top to bottom.', {}, { circular: true }),
    rule(
      'no-broken-imports',
      'Every import must resolve; the $ modules exist only while Kit builds.',
      {},
      { couldNotResolve: true, pathNot: '^\\$(app|env)/' },
    ),
    rule(
      'shared-stands-alone',
      'What crosses the wire imports nothing of ours but its schema library.',
      { path: '^shared/' },
      { pathNot: '^(shared/|node_modules/zod/)' },
    ),
    rule(
      'domain-is-pure',
      'The domain is a pure fold: no Node, no Redis, no sockets; time and chance come in as arguments.',
      { path: '^server/domain/' },
      { pathNot: '^(server/domain/|shared/)' },
    ),
    ...domainRunsOneWay,
    rule(
      'web-imports-only-shared',
      'The browser knows the wire, never the server.',
      { path: '^web/' },
      { path: '^(server|scripts|test)/' },
    ),
    rule(
      'edges-use-ports',
      'HTTP and sockets get functions passed in; they never reach into the log or the domain.',
      { path: '^server/(http|realtime)/' },
      { path: '^server/(log|domain)/' },
    ),
    rule(
      'server-knows-no-web',
      'The server serves the built web as files.',
      { path: '^(server|shared)/' },
      { path: '^(web|test)/' },
    ),
    rule(
      'server-runs-without-dev-dependencies',
      'A production install has none.',
      { path: '^(server|shared)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    onlyOwner('redis', '^server/(log/|main\\.ts$)', '^(server|shared|web)/'),
    onlyOwner('@redis', '^server/(log/|main\\.ts$)', '^(server|shared|web)/'),
    onlyOwner('kysely', '^server/(history|auth)/', '^(server|shared|web)/'),
    onlyOwner('pg', '^server/(history|auth)/', '^(server|shared|web)/'),
    onlyOwner('highs', '^server/cli/bench/plan/', '^(server|shared|web)/'),
    onlyOwner('@zxcvbn-ts', '^server/auth/guessable\\.ts$', '^(server|shared|web)/'),
    onlyOwner('uqr', '^web/src/lib/views/settings/QrCode\\.svelte$', '^web/'),
    onlyOwner('socket\\.io-client', '^web/src/lib/live/socket\\.ts$', '^web/'),
    onlyOwner('chart\\.js', '^web/src/lib/charts/', '^web/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.svelte-kit|web/src/paraglide)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'svelte', 'types', 'default'],
    },
    builtInModules: { add: ['node:sqlite'] },
  },
};
