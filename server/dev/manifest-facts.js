/**
 * What the analyzer of `custom-elements.json` does not see, read from the sources: the words behind a named type, what an
 * event carries, the colours behind a variable. Editors and the documentation show values, not names of types.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPONENTS = fileURLToPath(new URL('../../components/', import.meta.url));
const sources = () =>
  readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => readFileSync(join(COMPONENTS, file), 'utf8'));

/**
 * @typedef {{ name: string, description?: string, default?: string, attribute?: string, type: { text: string } }} Item
 * @typedef {{ attributes?: Item[], members?: Item[], events?: Item[], cssProperties?: Item[] }} Declaration
 * @typedef {{ modules: { declarations?: Declaration[] }[] }} Manifest
 * @typedef {{ customElementsManifest: Manifest }} Phase
 */

/** @param {Manifest} manifest */
const declarationsOf = ({ modules }) => modules.flatMap((module) => module.declarations ?? []);

/** Writes the words of a union instead of its name. @param {readonly string[]} all */
function spelling(all) {
  const unions = new Map([['RTCIceTransportPolicy', "'all' | 'relay'"]]);
  for (const source of all)
    for (const [, name = '', words = ''] of source.matchAll(/^export type (\w+) =\s*((?:\|?\s*'[^']*'\s*)+);/gm))
      unions.set(
        name,
        words
          .replace(/\s+/g, ' ')
          .replace(/^\|? ?/, '')
          .trim(),
      );
  /** @param {string} text */
  return (text) => text.replace(/\b[A-Z]\w+\b/g, (name) => unions.get(name) ?? name);
}

/** `RoomLayout` becomes `'auto' | 'grid' | …`, for what is written in markup. */
export function withValues() {
  return {
    name: 'with-values',
    packageLinkPhase(/** @type {Phase} */ { customElementsManifest }) {
      const spell = spelling(sources());
      for (const declaration of declarationsOf(customElementsManifest)) {
        for (const attribute of declaration.attributes ?? []) attribute.type.text = spell(attribute.type.text);
        for (const member of declaration.members ?? []) if (member.attribute) member.type.text = spell(member.type.text);
      }
    },
  };
}

/** Each event with its class, and in words with what its `detail` holds. */
export function withEvents() {
  return {
    name: 'with-events',
    packageLinkPhase(/** @type {Phase} */ { customElementsManifest }) {
      const all = sources();
      const spell = spelling(all);
      const interfaces = new Map();
      for (const source of all)
        for (const [, name, body = ''] of source.matchAll(/^export interface (\w+) \{\n([^]*?)\n\}/gm))
          interfaces.set(name, spell(members(body)));
      const events = new Map();
      for (const source of all)
        for (const [, name, , detail, event] of source.matchAll(
          /^export class (\w+) extends WebrtcEvent(<([^>]+)>)? \{[^]*?super\(\s*'([\w-]+)'/gm,
        ))
          events.set(event, { name, detail });
      for (const declaration of declarationsOf(customElementsManifest)) {
        for (const event of declaration.events ?? []) {
          const known = events.get(event.name);
          if (known === undefined) continue;
          event.type = { text: known.name };
          if (known.detail === undefined) continue;
          const short = interfaces.get(known.detail);
          event.description =
            `${event.description ?? ''} \`detail\`: \`${short !== undefined && short.length <= 160 ? short : known.detail}\`.`.trim();
        }
      }
    },
  };
}

/** The members of an interface in one line. @param {string} body */
const members = (body) =>
  `{ ${[...body.matchAll(/^ {2}(?:readonly )?(\w+\??): ([^;]+);/gm)].map(([, name, type]) => `${name}: ${type}`).join(', ')} }`;

/** What a colour is where the page does not set it. */
export function withDefaults() {
  return {
    name: 'with-defaults',
    packageLinkPhase(/** @type {Phase} */ { customElementsManifest }) {
      const tokens = readFileSync(join(COMPONENTS, 'shared/tokens.ts'), 'utf8');
      const colors = new Map(
        [...tokens.matchAll(/\['([\w-]+)', '(#\w+)', '(#\w+)'\]/g)].map(([, stem, light, dark]) => [stem, [light, dark]]),
      );
      for (const declaration of declarationsOf(customElementsManifest)) {
        for (const property of declaration.cssProperties ?? []) {
          const [light, dark] = colors.get(property.name.replace('--webrtc-', '')) ?? [];
          if (light !== undefined) property.default ??= light === dark ? light : `light-dark(${light}, ${dark})`;
        }
      }
    },
  };
}
