/**
 * `custom-elements.json`: what editors, documentation and framework typings know of the elements.
 * Everything in it comes from the elements' JSDoc; `@tag` names the element, because the classes
 * are registered elsewhere (define.ts).
 */
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { withDefaults, withEvents, withValues } from './server/dev/manifest-facts.js';

export default {
  globs: ['components/**/*-element.ts', 'components/room/room-*.ts'],
  exclude: ['components/**/define.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [
    withoutInternals(),
    withBases(),
    withValues(),
    withEvents(),
    withDefaults(),
    compiledPaths(),
    customElementVsCodePlugin({
      outdir: 'dist',
      htmlFileName: 'vscode.html-custom-data.json',
      cssFileName: 'vscode.css-custom-data.json',
      hideLogs: true,
    }),
    customElementJetBrainsPlugin({ outdir: 'dist', packageJson: false, hideLogs: true }),
  ],
};

/** Private members and Lit's own machinery are nobody's interface. */
function withoutInternals() {
  return {
    name: 'without-internals',
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of declarationsOf(customElementsManifest)) {
        declaration.members = declaration.members?.filter((member) => !isInternal(member));
        // One that is only found in the code, not said in words, has no name.
        declaration.events = declaration.events?.filter(({ name }) => name !== undefined);
      }
    },
  };
}

const LIFECYCLE = new Set([
  'connectedCallback',
  'disconnectedCallback',
  'render',
  'update',
  'updated',
  'willUpdate',
  'firstUpdated',
  'styles',
  'shadowRootOptions',
]);

const isInternal = ({ name, privacy }) =>
  name.startsWith('#') || privacy === 'private' || privacy === 'protected' || LIFECYCLE.has(name);

/** What an element is by its base class belongs to the element; who reads of it need not know the class. */
function withBases() {
  return {
    name: 'with-bases',
    packageLinkPhase({ customElementsManifest: manifest }) {
      const byName = new Map(declarationsOf(manifest).map((declaration) => [declaration.name, declaration]));
      for (const declaration of declarationsOf(manifest)) {
        for (let base = byName.get(declaration.superclass?.name); base; base = byName.get(base.superclass?.name)) {
          for (const kind of ['attributes', 'members']) {
            const own = new Set((declaration[kind] ?? []).map(({ name }) => name));
            declaration[kind] = [...(declaration[kind] ?? []), ...(base[kind] ?? []).filter(({ name }) => !own.has(name))];
          }
        }
      }
      manifest.modules = manifest.modules.filter(({ declarations = [] }) => declarations.some(({ tagName }) => tagName));
    },
  };
}

/** Readers of the manifest have the package, not the sources. */
function compiledPaths() {
  const compiled = (path) => path.replace(/^\/?components\//, 'dist/components/').replace(/\.ts$/, '.js');
  return {
    name: 'compiled-paths',
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.path = compiled(module.path);
        for (const item of module.exports ?? [])
          if (item.declaration?.module) item.declaration.module = compiled(item.declaration.module);
      }
    },
  };
}

const declarationsOf = ({ modules }) => modules.flatMap((module) => module.declarations ?? []);
