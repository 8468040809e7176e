/**
 * The elements as React components, for applications that render on the server: React does not set properties and
 * listeners of custom elements when it hydrates, `@lit/react` does. Adds nothing else; both are optional peers.
 */

/** @param {string} name */
const pascal = (name) => name.replace(/(?:^|-)(\w)/g, (_match, letter) => letter.toUpperCase());

/**
 * @param {readonly import('../typings.js').Element[]} elements
 * @param {(tag: string) => string} entryOf the module that registers an element and exports its class, as seen from dist/
 * @returns {Readonly<Record<string, string>>} texts by file
 */
export function reactComponents(elements, entryOf) {
  const events = [...new Set(elements.flatMap(({ events = [] }) => events.map(({ name }) => name)))].sort();
  const imports = elements.map(({ name, tagName }) => `import { ${name} as ${name}Element } from '${entryOf(tagName)}';`);
  const components = elements.map(
    ({ name, tagName }) =>
      `export const ${name} = /* @__PURE__ */ createComponent({ react, tagName: '${tagName}', elementClass: ${name}Element, events });`,
  );
  const handlers = events.map((event) => `  on${pascal(event)}: '${event}',`);
  const types = elements.map(
    ({ name, summary }) => `/** ${summary ?? ''} */\nexport declare const ${name}: ReactWebComponent<elements.${name}, Events>;`,
  );
  return {
    'react.js': `'use client';
/** The elements as React components. Made from custom-elements.json. */
import { createComponent } from '@lit/react';
import * as react from 'react';
import './components/index.js';
${imports.join('\n')}

/** Events bubble, so every element takes them all; \`call-joined\` is listened to as \`onCallJoined\`. */
const events = {
${handlers.join('\n')}
};

${components.join('\n')}
`,
    'react.d.ts': `/** The elements as React components. Made from custom-elements.json. */
import type { EventName, ReactWebComponent } from '@lit/react';
import type * as elements from './components/elements.js';

type Pascal<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\` ? \`\${Capitalize<Head>}\${Pascal<Tail>}\` : Capitalize<Name>;
type Events = { [Name in keyof elements.WebrtcEventMap as \`on\${Pascal<Name>}\`]: EventName<elements.WebrtcEventMap[Name]> };

${types.join('\n')}
`,
  };
}
