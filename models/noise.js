/** Part of `npm run models`: puts RNNoise, as published in @sapphi-red/web-noise-suppressor (MIT), where effects load it from. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TO = fileURLToPath(new URL('../components/effects/assets', import.meta.url));
const FROM = fileURLToPath(new URL('../node_modules/@sapphi-red/web-noise-suppressor', import.meta.url));

mkdirSync(TO, { recursive: true });
copyFileSync(join(FROM, 'dist/rnnoise_simd.wasm'), join(TO, 'rnnoise.wasm'));
const { version } = JSON.parse(readFileSync(join(FROM, 'package.json'), 'utf8'));
const worklet = readFileSync(join(FROM, 'dist/rnnoise/workletProcessor.js'), 'utf8').replace(
  /\n?\/\/# sourceMappingURL=.*\s*$/,
  '\n',
);
const licence = readFileSync(join(FROM, 'LICENSE'), 'utf8').trim();
const notice = `/*!\n@sapphi-red/web-noise-suppressor ${version}, with RNNoise (BSD-3-Clause, Copyright Mozilla, Jean-Marc Valin and others)\n\n${licence}\n*/\n`;
writeFileSync(join(TO, 'rnnoise-worklet.js'), notice + worklet);

const hash = createHash('sha384')
  .update(readFileSync(join(TO, 'rnnoise.wasm')))
  .digest('base64');
writeFileSync(
  join(TO, '../noise-integrity.ts'),
  `/** Made by \`npm run models\`: the browser takes this file and no other. No list of a page covers what code fetches. */
export const NOISE_INTEGRITY = 'sha384-${hash}';
`,
);
