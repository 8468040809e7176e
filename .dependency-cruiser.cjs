/**
 * Who may import whom (ARCHITECTURE.md, "Who may import whom"), held by `npm run lint`.
 *
 *   server/protocol ← core ← media | signaling | transport (never each other) ← create-call
 *                     core ← shared ← elements (a sibling is reached through the room) ← index
 *   server/protocol ← auth rooms ice … (never each other) ← server/signaling ← app ← cli
 */

/** The layers of components/ that are not elements. Every other folder there is one element. */
const PARTS = 'core|doctor|media|effects|recording|signaling|transport|shared|lang|testing';
const ELEMENT = `^components/(?!(?:${PARTS})/)[^/]+/`;
/** Folders of server/ that are neither the contract, nor the joint, nor development commands. */
const FEATURE = '^server/(?!(?:protocol|signaling|dev|pages)/)[^/]+/';

const LIT = '(?:^|node_modules/)(lit|lit-html|lit-element|@lit/[^/]+|@lit-labs/[^/]+)(/|$)';
const npm = (...names) => `(?:^|node_modules/)(${names.join('|')})(/|$)`;

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'no-circle',
      'Modules that need each other at run time cannot be understood or tested alone. (Two types may name each other.)',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid('no-unresolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),

    // between the two halves
    forbid(
      'browser-takes-only-the-protocol',
      'components/ takes from server/ only server/protocol.',
      { path: '^components/' },
      { path: '^server/', pathNot: '^server/protocol/' },
    ),
    forbid(
      'schemas-are-types-to-pages',
      'Pages import types of the schemas only: a value would bring TypeBox into the bundle. Numbers and patterns are in limits.ts.',
      { path: '^components/' },
      {
        path: '^server/protocol/',
        pathNot: '^server/protocol/(limits|address|error-codes)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'numbers-need-no-schemas',
      'What pages import values of imports no schema.',
      { path: '^server/protocol/(limits|address|error-codes)\\.ts$' },
      { pathNot: '^server/protocol/(limits|address|error-codes)\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid('server-knows-no-elements', 'server/ never imports components/.', { path: '^server/' }, { path: '^components/' }),
    forbid(
      'protocol-stands-alone',
      'server/protocol imports nothing but itself and typebox.',
      { path: '^server/protocol/' },
      { pathNot: ['^server/protocol/', npm('typebox')] },
    ),
    forbid(
      'product-knows-no-tests',
      'What is shipped never imports tests, benchmarks or demos.',
      { path: '^(components|server)/' },
      { path: '^(test|bench|demo)/' },
    ),
    forbid(
      'product-needs-no-dev-dependency',
      'What is shipped imports `dependencies` only.',
      { path: '^(components|server)/', pathNot: '^server/dev/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'no-node-in-the-browser',
      'node:* only in server/ (and test/, bench/).',
      { path: '^components/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'dev-commands-are-a-leaf',
      'server/dev builds and starts a checkout; nothing shipped may need it.',
      { path: '^(components|server)/', pathNot: '^server/dev/' },
      { path: '^server/dev/' },
    ),

    // components: layers
    forbid(
      'core-is-pure',
      'core/ knows no Lit, no Socket.IO, no RTCPeerConnection: only itself and the protocol.',
      { path: '^components/core/' },
      { pathNot: ['^components/core/', '^server/protocol/'] },
    ),
    forbid(
      'borders-know-only-core',
      'media, effects, recording, signaling and transport translate the outside world for core; they never know each other.',
      { path: '^components/(media|effects|recording|signaling|transport)/' },
      { path: '^components/', pathNot: ['^components/core/', '^components/$1/'] },
    ),
    forbid(
      'transports-know-not-each-other',
      'mesh and sfu are two answers to one interface (core/transport).',
      { path: '^components/transport/([^/]+)/' },
      { path: '^components/transport/[^/]+/', pathNot: '^components/transport/$1/' },
    ),
    forbid(
      'call-has-no-screen',
      'create-call joins session, signaling, media and transports; it works without elements.',
      { path: '^components/[^/]+\\.ts$', pathNot: '^components/(index|elements)\\.ts$' },
      { path: [ELEMENT, '^components/(shared|lang|testing|index|elements)', LIT] },
    ),
    forbid(
      'fakes-know-only-core',
      'testing/ holds the fakes that are shipped; the product never needs them.',
      { path: '^components/testing/' },
      { path: '^components/', pathNot: '^components/(core|testing)/' },
    ),
    forbid(
      'product-needs-no-fakes',
      'testing/ is for tests.',
      { path: '^(components|server)/', pathNot: '^components/testing/' },
      { path: '^components/testing/' },
    ),
    forbid(
      'shared-knows-only-core',
      'shared/ bridges core to elements.',
      { path: '^components/shared/' },
      { path: '^components/', pathNot: '^components/(core|shared|lang)/' },
    ),
    forbid(
      'languages-are-plain-objects',
      'lang/ imports nothing but the type it fills in.',
      { path: '^components/lang/' },
      { pathNot: '^components/lang/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'elements-know-no-borders',
      'Elements get the session from context; media, signaling and transport stay behind it.',
      { path: ELEMENT },
      { path: '^components/(media|effects|signaling|transport)/' },
    ),
    forbid(
      'elements-know-no-sibling',
      'A sibling is reached through the room. Only a define.ts may import other define.ts files, to register what its tag contains.',
      { path: '^components/([^/]+)/', pathNot: [`^components/(${PARTS})/`, '/define[a-z-]*\\.ts$'] },
      { path: ELEMENT, pathNot: '^components/$1/' },
    ),
    forbid(
      'define-registers-only',
      "A define.ts imports its own element and other folders' define.ts.",
      { path: '^components/([^/]+)/define\\.ts$' },
      { path: ELEMENT, pathNot: ['^components/$1/', '/define\\.ts$'] },
    ),
    forbid(
      'entries-are-entries',
      'index.ts and elements.ts are for the outside.',
      { path: '^components/', pathNot: '^components/index\\.ts$' },
      { path: '^components/(index|elements)\\.ts$' },
    ),
    forbid(
      'only-hosts-create-calls',
      'The elements that own a call (room, phone) make it; everybody else gets it.',
      { path: '^components/[^/]+/', pathNot: '^components/(room|phone)/' },
      { path: '^components/create-call\\.ts$' },
    ),

    // components: packages
    forbid(
      'lit-only-on-screen',
      'lit only in elements and shared/.',
      { path: '^components/(core|media|effects|recording|signaling|transport|testing)/' },
      { path: LIT },
    ),
    forbid(
      'socket-io-behind-signaling',
      'socket.io-client only in components/signaling.',
      { path: '^components/', pathNot: '^components/signaling/' },
      { path: npm('socket\\.io-client', 'engine\\.io-client', 'socket\\.io-parser') },
    ),
    {
      name: 'socket-io-in-one-file',
      comment: 'One file knows socket.io-client, so that one file changes when the line does.',
      severity: 'error',
      from: { path: '^components/' },
      module: { path: npm('socket\\.io-client'), numberOfDependentsMoreThan: 1 },
    },
    forbid(
      'livekit-behind-its-adapter',
      'livekit-client only in components/transport/livekit, loaded on demand.',
      { path: '^components/', pathNot: '^components/transport/livekit/' },
      { path: npm('livekit-client') },
    ),
    {
      name: 'livekit-in-one-file',
      comment: 'One file knows livekit-client.',
      severity: 'error',
      from: { path: '^components/' },
      module: { path: npm('livekit-client'), numberOfDependentsMoreThan: 1 },
    },

    // server
    forbid(
      'features-know-not-each-other',
      'auth, rooms, ice … are joined by server/signaling and app.',
      { path: '^server/([^/]+)/', pathNot: '^server/(protocol|signaling|start|dev|pages)/' },
      { path: FEATURE, pathNot: '^server/$1/' },
    ),
    forbid(
      'features-are-below',
      'Features do not know who joins them.',
      { path: FEATURE },
      { path: '^server/(signaling/|app\\.ts|cli\\.ts|index\\.ts)' },
    ),
    forbid(
      'signaling-is-below-app',
      'signaling does not know the app.',
      { path: '^server/signaling/' },
      { path: '^server/(app|cli|index)\\.ts$' },
    ),
    forbid(
      'config-stands-alone',
      'The configuration reads the environment and nothing else.',
      { path: '^server/config[^/]*\\.ts$' },
      { path: '^server/', pathNot: '^server/(config[^/]*\\.ts$|protocol/)' },
    ),
    forbid(
      'start-belongs-to-the-command',
      'server/start holds the words and subcommands of the command; nothing else needs them.',
      { path: '^server/', pathNot: '^server/(start/|cli\\.ts$)' },
      { path: '^server/start/' },
    ),
    forbid(
      'app-reads-no-cli',
      'createApp never knows the command line.',
      { path: '^server/', pathNot: '^server/dev/' },
      { path: '^server/cli\\.ts$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    builtInModules: { add: [] },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
