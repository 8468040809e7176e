/**
 * Typings for the templates of frameworks and the components for React, all from `custom-elements.json`: an attribute, a
 * property or an event that an element has is known everywhere at once. Written into dist/, where they are published from.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reactComponents } from './typings/react.js';
import { TEMPLATES } from './typings/templates.js';

/**
 * @typedef {{ name: string, description?: string, fieldName?: string, type?: { text: string } }} Item
 * @typedef {Item & { kind: string, static?: boolean, readonly?: boolean }} Member
 * @typedef {{ tagName: string, name: string, summary?: string, attributes?: Item[], members?: Member[], events?: Item[] }} Element
 */

/** @param {string} root of the checkout */
export function writeTypings(root) {
  const elements = readElements(root);
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const entryOf = (/** @type {string} */ tag) => exports[`./elements/${tag}.js`].default.replace('./dist/', './');
  const folder = join(root, 'dist/types');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'elements.d.ts'), elementTypes(elements));
  for (const [name, text] of Object.entries(TEMPLATES)) writeFileSync(join(folder, `${name}.d.ts`), text);
  for (const [file, text] of Object.entries(reactComponents(elements, entryOf))) writeFileSync(join(root, 'dist', file), text);
}

/** @param {string} root @returns {Element[]} */
function readElements(root) {
  const { modules } = JSON.parse(readFileSync(join(root, 'dist/custom-elements.json'), 'utf8'));
  return modules
    .flatMap((/** @type {{ declarations?: Element[] }} */ { declarations = [] }) => declarations)
    .filter((/** @type {Element} */ { tagName }) => tagName !== undefined);
}

/** What a page may set, with the descriptions that editors show. @param {readonly Element[]} elements */
function elementTypes(elements) {
  const quoted = (/** @type {string} */ name) => (/^\w+$/.test(name) ? name : `'${name}'`);
  /** @param {Item} item @param {string} type */
  const member = ({ name, description }, type) =>
    `${description ? `    /** ${description.replace(/\s+/g, ' ').replaceAll('*/', '* /').trim()} */\n` : ''}    ${quoted(name)}?: ${type};\n`;
  /** @param {(element: Element) => string} body */
  const table = (body) => elements.map((element) => `  '${element.tagName}': {\n${body(element)}  };\n`).join('');

  // Of one name with the property: frameworks set that, which may take more than text.
  const written = (/** @type {string} */ tag, /** @type {Item} */ { name, fieldName = name }) =>
    `Attribute<'${tag}', '${fieldName}'>${name === fieldName ? ` | HTMLElementTagNameMap['${tag}']['${name}']` : ''}`;
  const attributes = table(({ tagName, attributes = [] }) =>
    attributes.map((item) => member(item, written(tagName, item))).join(''),
  );
  const properties = table(({ tagName, members = [] }) =>
    members
      .filter(({ kind, readonly, static: fixed }) => kind === 'field' && !readonly && !fixed)
      .map((item) => member(item, `HTMLElementTagNameMap['${tagName}']['${item.name}']`))
      .join(''),
  );
  return `/** What each element takes, as markup writes it and as scripts do; the typings beside this file are made of these. */
import type { WebrtcEventMap } from '../components/elements.js';

/** As markup writes the value of a property. */
type Attribute<Tag extends keyof HTMLElementTagNameMap, Field extends keyof HTMLElementTagNameMap[Tag]> = Written<
  HTMLElementTagNameMap[Tag][Field]
>;
type Written<Value> = [Value] extends [boolean]
  ? boolean | ''
  : [Value] extends [number]
    ? number | \`\${number}\`
    : Extract<Value, string>;

export interface Attributes {
${attributes}}

export interface Properties {
${properties}}

export type Tag = keyof Attributes;
export type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\` ? \`\${Head}\${Capitalize<Camel<Tail>>}\` : Name;

/** Where a framework sets the property when there is one of that name, and an attribute otherwise. */
export type Settings<Name extends Tag> = Attributes[Name] & Omit<Properties[Name], keyof Attributes[Name]>;

/** \`oncall-joined\`, as React 19, Preact and Svelte 5 listen to elements. Events bubble, so every element takes them all. */
export type Listeners = { [Name in keyof WebrtcEventMap as \`on\${Name}\`]?: (event: WebrtcEventMap[Name]) => void };

export type { WebrtcEventMap };
`;
}
