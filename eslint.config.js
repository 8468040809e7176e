/**
 * The house rules. What a type checker can hold is in the tsconfigs, who may import whom is in
 * .dependency-cruiser.cjs; here is what is left: correctness that needs types, the elements'
 * templates, and the constructs this project does without.
 */
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const ban = (selector, message) => ({ selector, message });

/** Constructs nobody needs here; each has a plain replacement. */
const everywhere = [
  ban('TSEnumDeclaration', 'No enum: a const object or a union of strings.'),
  ban('TSModuleDeclaration[kind="namespace"]', 'No namespace: a module is one.'),
];

/** The product: components/ and server/. */
const product = [
  ...everywhere,
  ban('Program > ExportDefaultDeclaration', 'No default export: a thing has one name everywhere.'),
  ban(
    ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind=/let|var/]',
    'No module-level state: two calls on one page must not share it.',
  ),
];

/** Strings never become markup, and a strict CSP (no 'unsafe-inline') must not break an element. */
const components = [
  ...product,
  ban(
    'MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc|insertAdjacentHTML)$/]',
    'No strings as HTML: render a template.',
  ),
  ban(
    'CallExpression[callee.property.name="setAttribute"] > Literal[value=/^(style|srcdoc)$/]',
    'No inline style or srcdoc: a strict CSP blocks it.',
  ),
  ban('TaggedTemplateExpression TemplateElement[value.raw=/[.?]?(innerHTML|srcdoc)\\s*=/i]', 'No strings as HTML in a template.'),
  ban(
    'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]',
    'No inline style: a strict CSP blocks it. Use a class, or element.style.setProperty from code.',
  ),
];

/** What a socket itself tells; everything else is a message from a client. */
const SOCKET_LIFE = '[arguments.0.value=/^(disconnect|disconnecting|error|close|end|data|drain|timeout)$/]';
const rawSocket = ['[callee.object.name=/socket$/i]', '[callee.object.property.name=/socket$/i]'].map((object) =>
  ban(
    `CallExpression[callee.property.name=/^(on|once|onAny|use)$/]${object}:not(${SOCKET_LIFE})`,
    'No raw socket.on: every message goes through server/signaling/dispatcher.ts (catch, schema, rate, acknowledgement).',
  ),
);
const server = [...product, ...rawSocket];

const env = ban(
  'MemberExpression[object.name="process"][property.name="env"]',
  'process.env is read in server/cli.ts and server/config.ts only.',
);

const unsafeDirectives = [
  {
    group: ['lit/directives/unsafe-*', 'lit-html/directives/unsafe-*'],
    message: 'No unsafeHTML: render a template.',
  },
  {
    group: ['lit/directives/style-map*', 'lit-html/directives/style-map*'],
    message: 'No styleMap: a strict CSP blocks the style attribute. Use a class, or element.style.setProperty.',
  },
  { group: ['lit-element', 'lit-html', 'lit-html/*'], message: "Import from 'lit'." },
];

/** Puppeteer looks again when the document changes, and does not see what changes in a shadow root. */
const browsers = ban(
  'CallExpression[callee.property.name="waitForSelector"][arguments.length=1] > Literal[value=/>>>/]',
  'Say `visible` or `hidden`: without it a change in a shadow root is not seen.',
);

const only = (...rules) => ['error', ...rules];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'coverage/',
      'node_modules/',
      '.webrtc-elements/',
      'docs/',
      'integrations/**/vendor/',
      'models/**/*.ts',
      'components/effects/assets/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    name: 'typescript',
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': only(...everywhere),
      'max-lines': ['warn', { max: 250, skipBlankLines: false, skipComments: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      // with types
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // house style
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-useless-constructor': 'off', // narrowing a parameter's type is a use
      '@typescript-eslint/unified-signatures': 'off',
    },
  },

  {
    name: 'components',
    files: ['components/**/*.ts'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    settings: { wc: { elementBaseClasses: ['LitElement', 'ReactiveElement'] } },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/best-practice'].rules,
      ...litA11y.configs.recommended.rules,
      'lit/lifecycle-super': 'error',
      'lit/no-native-attributes': 'off', // `lang`, `hidden`, `name` are mirrored on purpose
      'lit/prefer-nothing': 'error',
      'lit/no-value-attribute': 'error',
      'lit/no-template-arrow': 'off', // renders are rare here, closures are clearer than bound fields
      'wc/guard-super-call': 'off', // TypeScript knows whether the super method exists
      'wc/file-name-matches-element': 'off',
      'no-restricted-syntax': only(...components),
      'no-restricted-imports': ['error', { patterns: unsafeDirectives }],
    },
  },
  {
    name: 'server',
    files: ['server/**/*.ts'],
    rules: { 'no-restricted-syntax': only(...server, env) },
  },
  {
    name: 'server: the shell is where raw events are bound',
    files: ['server/signaling/dispatcher.ts'],
    rules: { 'no-restricted-syntax': only(...product, env) },
  },
  {
    name: 'server: the only readers of the environment',
    files: ['server/cli.ts', 'server/config.ts'],
    rules: { 'no-restricted-syntax': only(...server) },
  },
  {
    name: 'where a person reads the console',
    files: ['server/cli.ts', 'components/core/logger.ts', 'bench/**', 'test/**', 'demo/**', 'server/dev/**'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'tests, benchmarks, demos, tool configs',
    files: ['test/**/*.ts', 'bench/**/*.ts', 'demo/**/*.ts', '*.ts'],
    rules: {
      'no-restricted-syntax': only(...everywhere, browsers),
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off', // chai
      '@typescript-eslint/no-empty-function': 'off',
      'no-param-reassign': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off', // statistics and what comes out of a page are `any`
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          // node:test's `test()` returns a promise that nobody has to await.
          // `expect(x).to.equal(y)` is a promise by type only: a chai plugin's snapshots need it.
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
            { from: 'package', package: 'chai', name: 'Equal' },
          ],
        },
      ],
    },
  },
  {
    name: 'plain JavaScript: tool configs and development commands',
    files: ['**/*.{js,mjs,cjs}'],
    rules: { 'no-undef': 'off', 'no-unused-vars': 'error', 'prefer-const': 'error', eqeqeq: 'error' },
  },
);
