/**
 * `webrtc-elements sri [url]`: script tags with the hashes of every published file, for pages that want exactly
 * this version or nothing. Reads what the build left beside the bundle; knows no server that runs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.js';
import { bundleDirectory, packageVersion } from '../locations.js';

const SAMPLE = 'https://calls.example.org';

export function sriCommand(argv: readonly string[], bundleDir = bundleDirectory()): string {
  const [given = SAMPLE, ...more] = argv;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (more.length > 0 || url === undefined || !/^https?:$/.test(url.protocol))
    throw new ConfigError(['Usage: webrtc-elements sri [url], with the address of your server, like https://calls.example.org.']);
  const hashes = readHashes(bundleDir);
  const at = (file: string) => new URL(file, `${url.origin}/`).href;
  const tag = (file: string, attributes: string) =>
    `<script ${attributes} src="${at(file)}" integrity="${hashes[file] ?? ''}" crossorigin="anonymous"></script>`;
  const integrity = Object.fromEntries(
    Object.entries(hashes)
      .filter(([file]) => file === 'webrtc-elements.js' || /^chunks\/.*\.js$/.test(file))
      .map(([file, hash]) => [at(file), hash]),
  );
  return [
    `<!-- webrtc-elements ${packageVersion()}: these files and no others. Print this again whenever the server is updated. -->`,
    '',
    '<!-- Before every other module: the files that are loaded on demand. -->',
    `<script type="importmap">${JSON.stringify({ integrity }, null, 2)}</script>`,
    '',
    ...Object.entries(hashes)
      .filter(([file]) => !file.endsWith('.js'))
      .map(([file, hash]) => `<!-- Fetched by one of them, which holds its hash and takes no other: ${at(file)} ${hash} -->`),
    '',
    '<!-- The elements … -->',
    tag('webrtc-elements.js', 'type="module"'),
    '',
    '<!-- … or the loader for a whole site. -->',
    tag('embed.js', 'async'),
    '',
  ].join('\n');
}

function readHashes(bundleDir: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(join(bundleDir, 'integrity.json'), 'utf8')) as Record<string, string>;
  } catch {
    throw new ConfigError(['The bundle is not built: run "npm run build" first.']);
  }
}
