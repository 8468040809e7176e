/**
 * `custom-elements.json`: what editors, documentation and framework typings know of the elements.
 * Everything in it comes from the elements' JSDoc; `@tag` names the element, because the classes
 * are registered elsewhere (define.ts).
 */
export default {
  globs: ['components/**/*-element.ts'],
  exclude: ['components/**/define.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [withoutInternals(), compiledPaths()],
};

/** Private members and Lit's own machinery are nobody's interface. */
function withoutInternals() {
  return {
    name: 'without-internals',
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of declarationsOf(customElementsManifest)) {
        declaration.members = declaration.members?.filter((member) => !isInternal(member) && !member.inheritedFrom);
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
