/** The licences of everything that a bundle contains, beside it: most of them ask for their text to go along. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What no import leads to, because it is data in our own files. */
const MODELS = fileURLToPath(new URL('../../models/licences/', import.meta.url));

/** @param {{ models?: boolean }} [options] @returns {import('vite').Plugin} */
export function notices({ models = true } = {}) {
  return {
    name: 'third-party-notices',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source: noticesOf(modules, models) });
    },
  };
}

/** @param {readonly string[]} modules @param {boolean} models */
function noticesOf(modules, models) {
  const folders = [...new Set(modules.flatMap((id) => packageFolder(id) ?? []))].sort();
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name));
    if (file === undefined)
      throw new Error(`${name} has no text of its licence (${license}), which must go along with its code.`);
    return section(`${name} ${version} (${license})`, readFileSync(join(folder, file), 'utf8'));
  });
  if (models)
    for (const file of readdirSync(MODELS).sort()) {
      const [title = '', ...text] = readFileSync(join(MODELS, file), 'utf8').split('\n');
      parts.push(section(title, text.join('\n')));
    }
  return `These files contain work of others, under these licences.\n\n${parts.join('\n')}`;
}

/** @param {string} title @param {string} text */
const section = (title, text) => `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text.trim()}\n`;

/** The package a module belongs to. @param {string} id */
const packageFolder = (id) => /(?<=^|\?|\0)[^?\0]*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0];
