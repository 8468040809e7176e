/** The variables and parts that pages may rely on are really used, and themes use no others. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const read = (folder: string, end: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n');
const source = read('components', '.ts').replace(/\/\*\*[\s\S]*?\*\//g, '');
const VARIABLES =
  `bg bg2 bg3 fg fg2 border-color accent-bg accent-fg danger danger-fg success control-bg control-fg control-hover-bg
  control-active-bg control-bar-height font-family font-size border-radius grid-gap tile-bg tile-radius tile-aspect-ratio button-radius
  speaking-color focus-ring connection-excellent connection-good connection-poor`.split(/\s+/);
const PARTS =
  `container stage tile video avatar name-tag network-indicator mic-off-icon tile-actions pager controlbar controlbar-button icon
  label tooltip menu dialog participants notification prejoin preview`.split(/\s+/);

test('every variable is read, by its public name or as one of the colours, and used', () => {
  for (const name of VARIABLES) {
    const colour = source.includes(`['${name}',`);
    assert.ok(colour || source.includes(`--webrtc-${name}`), `--webrtc-${name} is never read`);
    if (colour) assert.ok(new RegExp(`var\\(--_${name}\\)`).test(source), `--_${name} is never used`);
  }
});

test('every part is in a template', () => {
  for (const part of PARTS) assert.match(source, new RegExp(`part="[^"]*\\b${part}\\b`), part);
});

for (const theme of readdirSync('demo/themes').filter((name) => name.endsWith('.css'))) {
  test(`${theme} sets only variables and parts that there are`, () => {
    const css = readFileSync(`demo/themes/${theme}`, 'utf8');
    for (const [, name = ''] of css.matchAll(/--webrtc-([\w-]+):/g)) assert.ok(VARIABLES.includes(name), name);
    for (const [, part = ''] of css.matchAll(/::part\(([\w-]+)\)/g)) assert.ok(PARTS.includes(part), part);
    for (const [, selectors = ''] of css.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{}]+)\{/g))
      for (const selector of selectors.split(',')) assert.match(selector.trim(), /^webrtc-room(::part\([\w-]+\))?$/);
  });
}
