/**
 * `npm run try:ghost`: a real Ghost from npm, with a database of its own in a temporary folder. Posts are published as
 * its owner and as an author; each is opened in a real browser, and a call is joined from it. Not part of the tests: it
 * installs over a thousand packages and compiles SQLite. Leaves nothing running.
 */
import assert from 'node:assert/strict';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';
import { Ghost } from './ghost-site.js';
import { ROOM, Trial } from './trial.js';

const card = (html: string): string => `<!--kg-card-begin: html-->${html}<!--kg-card-end: html-->`;

const good = await Trial.run('ghost', async (trial) => {
  const { url } = trial.server;
  const element = `<script type="module" src="${url}/webrtc-elements.js"></script>\n<webrtc-room room="${ROOM}"></webrtc-room>`;
  const frame = `<iframe src="${url}/embed/${ROOM}" title="Call" allow="${FRAME_ALLOW}" width="800" height="500"></iframe>`;
  const link = `<p><a href="${url}/r/${ROOM}#embed">Join</a></p>`;
  const site = await Ghost.start(trial.folder);
  try {
    console.log(`Ghost ${site.version}`);
    for (const who of ['owner', 'author']) {
      await trial.attempt(`${who}, card: script and element`, 'element', () => site.publishCard(who, element));
      await trial.attempt(`${who}, card: iframe with its allow list`, 'frame', () => site.publishCard(who, frame));
    }
    // With a text beside it: of the element alone nothing is left, and Ghost refuses an empty post.
    const bare = `<p>Come in</p>${element}`;
    await trial.attempt('imported: script and element', 'nothing', () => site.publishImported('owner', bare));
    await trial.attempt('imported: the same as a card', 'element', () => site.publishImported('owner', card(element)));
    await trial.attempt('imported: iframe', 'frame', () => site.publishImported('owner', frame));

    await site.footer(`<script async src="${url}/embed.js"></script>`);
    await trial.attempt('footer, author: link in a text', 'element', () => site.publishImported('author', link));
    const box = `<div data-webrtc-room="${ROOM}"></div>`;
    await trial.attempt('footer, author: card with a div', 'element', () => site.publishCard('author', box));

    // Ghost asks no address of a private network, so what it would make of a public one is not seen here.
    assert.match(await site.pasted(`${url}/r/${ROOM}`), /error/);
    console.log('  ✓ a link pasted on a line of its own: not asked for on this machine');
  } finally {
    await site.stop();
  }
});

process.exitCode = good ? 0 : 1;
