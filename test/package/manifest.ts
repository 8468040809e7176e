/** What custom-elements.json says of the elements, as far as the tests look at it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, packageJson } from './package.js';

export interface Item {
  readonly name: string;
  readonly kind?: string;
  readonly readonly?: boolean;
  readonly static?: boolean;
  readonly description?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
  readonly return?: { readonly type?: { readonly text: string } };
}

export interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly summary?: string;
  readonly attributes?: readonly Item[];
  readonly members?: readonly Item[];
  readonly events?: readonly Item[];
  readonly slots?: readonly Item[];
  readonly cssParts?: readonly Item[];
  readonly cssProperties?: readonly Item[];
  readonly cssStates?: readonly Item[];
  readonly customElement?: boolean;
}

export interface Manifest {
  readonly modules: readonly { readonly path: string; readonly declarations?: readonly Declaration[] }[];
}

export const manifest = (): Manifest => JSON.parse(readFileSync(join(ROOT, packageJson.customElements), 'utf8')) as Manifest;

export const elements = (): Declaration[] =>
  manifest().modules.flatMap(({ declarations = [] }) => declarations.filter((item) => item.customElement));
