/**
 * `npm run try:cms`: a real WordPress of this machine (Debian's package), with a database of its own in a temporary
 * folder. Posts are written as an administrator, as an author and with our plugin; each is opened in a real browser,
 * and a call is joined from it. Not part of the tests: it needs packages that are large. Leaves nothing running.
 */
import { spawnSync } from 'node:child_process';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';
import { install } from '../support/system-packages.js';
import { ROOM, Trial, type Way } from './trial.js';
import { WordPress } from './wordpress-site.js';

interface Attempt {
  readonly who: 'admin' | 'author';
  readonly what: string;
  readonly content: string;
  /** What must be on the published page. */
  readonly becomes: Way;
}

const html = (code: string) => `<!-- wp:html -->\n${code}\n<!-- /wp:html -->`;

function withoutPlugin(url: string): readonly Attempt[] {
  const element = html(
    `<script type="module" src="${url}/webrtc-elements.js"></script>\n<webrtc-room room="${ROOM}"></webrtc-room>`,
  );
  const frame = html(`<iframe src="${url}/embed/${ROOM}" title="Call" allow="${FRAME_ALLOW}" width="800" height="500"></iframe>`);
  return [
    { who: 'admin', what: 'script and element', content: element, becomes: 'element' },
    { who: 'admin', what: 'iframe with its allow list', content: frame, becomes: 'frame' },
    { who: 'author', what: 'script and element', content: element, becomes: 'nothing' },
    { who: 'author', what: 'iframe', content: frame, becomes: 'nothing' },
  ];
}

function withEmbedScript(url: string): readonly Attempt[] {
  return [
    { who: 'author', what: 'div data-webrtc-room', content: html(`<div data-webrtc-room="${ROOM}"></div>`), becomes: 'element' },
    {
      who: 'author',
      what: 'link that ends in #embed',
      content: `<!-- wp:paragraph -->\n<p><a href="${url}/r/${ROOM}#embed">Join</a></p>\n<!-- /wp:paragraph -->`,
      becomes: 'element',
    },
  ];
}

function withPlugin(url: string): readonly Attempt[] {
  return [
    { who: 'author', what: 'block', content: `<!-- wp:webrtc/room {"room":"${ROOM}"} /-->`, becomes: 'element' },
    { who: 'author', what: 'shortcode', content: `[webrtc_room name="${ROOM}" layout="grid"]`, becomes: 'element' },
    { who: 'author', what: 'link on a line of its own', content: `${url}/r/${ROOM}`, becomes: 'element' },
    {
      who: 'author',
      what: 'element by hand',
      content: html(`<webrtc-room room="${ROOM}" server-url="https://evil.example"></webrtc-room>`),
      becomes: 'element',
    },
    { who: 'admin', what: 'block', content: `<!-- wp:webrtc/room {"room":"${ROOM}"} /-->`, becomes: 'element' },
  ];
}

async function main(): Promise<boolean> {
  if (!WordPress.isHere()) install(WordPress.packages);
  return Trial.run('wordpress', async (trial) => {
    const { browser, server } = trial;
    const site = await WordPress.start(trial.folder);
    try {
      console.log(`WordPress ${site.version}, PHP ${spawnSync('php', ['-r', 'echo PHP_VERSION;'], { encoding: 'utf8' }).stdout}`);
      const all = async (stage: string, attempts: readonly Attempt[]) => {
        for (const { who, what, content, becomes } of attempts)
          await trial.attempt(`${stage}, ${who}: ${what}`, becomes, () => site.publish(browser, who, content));
      };
      await all('plain', withoutPlugin(server.url));
      site.footer(`<script async src="${server.url}/embed.js"></script>`);
      await all('embed.js in the footer', withEmbedScript(server.url));
      site.footer('');
      await site.usePlugin(browser, server.url);
      await all('plugin', withPlugin(server.url));
    } finally {
      await site.stop();
    }
  });
}

process.exitCode = (await main()) ? 0 : 1;
