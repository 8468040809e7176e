/**
 * The table of promises, held against what is built: the
 * manifest, the types of the events, package.json and the running server. What is there and not in the table is a
 * promise nobody decided on, and fails, too.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { roomStates } from '../../components/room/room-view.js';
import * as exported from '../../components/room/exported-parts.js';
import { CONTROLS } from '../../components/shared/controls/control-list.js';
import { createApp } from '../../server/app.js';
import { readConfig } from '../../server/config.js';
import { createMetrics } from '../../server/metrics/metrics.js';
import { elements, type Declaration } from './manifest.js';
import { ROOT, packageJson } from './package.js';
import {
  ENTRIES,
  FLAGS,
  LEFT_REASONS,
  OTHERS,
  ROOM_ATTRIBUTES,
  ROOM_EVENTS,
  ROOM_METHODS,
  ROOM_PARTS,
  ROOM_PROPERTIES,
  ROOM_SLOTS,
  ROOM_STATES,
  ROUTES,
  TILE_STATES,
  VARIABLES,
  WEBHOOKS,
  words,
} from './promises.js';

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const filesOf = (folder: string, end: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(end))
    .map((path) => `${folder}/${path}`);

const camel = (name: string): string => name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
const names = (items: readonly { readonly name: string }[] = []): readonly string[] => sorted(items.map(({ name }) => name));

function element(tag: string): Declaration {
  const found = elements().find(({ tagName }) => tagName === tag);
  assert.ok(found, `<${tag}> is not in the manifest`);
  return found;
}
const room = (): Declaration => element('webrtc-room');

describe('<webrtc-room> is what was promised, and nothing else', () => {
  test('attributes and their values', () => {
    const { attributes = [] } = room();
    assert.deepEqual(names(attributes), sorted(Object.keys(ROOM_ATTRIBUTES)));
    for (const [name, values] of Object.entries(ROOM_ATTRIBUTES)) {
      const type = attributes.find((each) => each.name === name)?.type?.text ?? '';
      if (words(values).length === 1) assert.equal(type, values, name);
      else
        assert.deepEqual(
          sorted(type.split(/[|\s']+/).filter(Boolean)),
          sorted(
            words(values)
              .flatMap((word) => word.split(/[|\s']+/))
              .filter(Boolean),
          ),
          name,
        );
    }
  });

  test('properties and methods', () => {
    const properties = [...Object.keys(ROOM_ATTRIBUTES).map(camel), ...ROOM_PROPERTIES];
    const { members = [] } = room();
    const of = (kind: string): readonly string[] => names(members.filter((each) => each.kind === kind));
    assert.deepEqual(of('field'), sorted(properties));
    assert.deepEqual(of('method'), sorted([...ROOM_METHODS.async, ...ROOM_METHODS.sync]));
    for (const name of ROOM_METHODS.async) {
      const returns = members.find((each) => each.name === name)?.return?.type?.text ?? '';
      assert.match(returns, /^Promise</, `${name}() does work, and gives no promise`);
    }
  });

  test('events, with the names in their details', () => {
    const { events = [] } = room();
    assert.deepEqual(names(events), sorted(Object.keys(ROOM_EVENTS)));
    for (const [name, detail] of Object.entries(ROOM_EVENTS)) {
      const said = events.find((each) => each.name === name)?.description ?? '';
      const shape = /`detail`: `(.*)`/.exec(said)?.[1] ?? '';
      const keys = [...shape.matchAll(/(?:^\{|,) ?(\w+)\??:/g)].map(([, key = '']) => key);
      assert.deepEqual(sorted(keys.length > 0 ? keys : words(shape)), sorted(words(detail)), `${name}: ${said}`);
    }
    const left = events.find(({ name }) => name === 'call-left')?.description ?? '';
    assert.deepEqual(sorted([...left.matchAll(/'([\w-]+)'/g)].map(([, reason = '']) => reason)), sorted(LEFT_REASONS));
  });

  test('slots, parts and states', () => {
    const { slots, cssParts, cssStates } = room();
    assert.deepEqual(names(slots), sorted(ROOM_SLOTS));
    assert.deepEqual(names(cssParts), sorted(ROOM_PARTS));
    assert.deepEqual(names(cssStates), sorted(ROOM_STATES));
    assert.deepEqual(sorted(Object.keys(roomStates(INITIAL_STATE, false))), sorted([...ROOM_STATES, 'sfu']));
    assert.deepEqual(names(element('webrtc-video-tile').cssStates), sorted(TILE_STATES));
  });

  test('variables', () => {
    const there = names(room().cssProperties);
    const promised = VARIABLES.map((stem) => `--webrtc-${stem}`);
    assert.deepEqual(there, sorted(promised));
  });

  test('the names in `controls`', () => {
    const promised = words(
      'microphone camera screenshare chat people reactions raise-hand settings pip fullscreen leave record invite',
    );
    assert.deepEqual(sorted(CONTROLS), sorted(promised));
  });
});

describe('the other elements', () => {
  test('are those of the table', () => {
    const there = sorted(elements().map(({ tagName = '' }) => tagName));
    assert.deepEqual(there, sorted(['webrtc-room', ...Object.keys(OTHERS)]));
  });

  for (const [tag, { attributes, members = '', events = '', slots = '' }] of Object.entries(OTHERS)) {
    test(`<${tag}>`, () => {
      const found = element(tag);
      assert.deepEqual(names(found.attributes), sorted(words(attributes)));
      assert.deepEqual(
        names(found.members?.filter(({ name }) => !words(attributes).map(camel).includes(name))),
        sorted(words(members)),
      );
      assert.deepEqual(names(found.events), sorted(words(events)));
      assert.deepEqual(names(found.slots), sorted(words(slots).map((name) => (name === '-' ? '' : name))));
    });
  }

  test('a flag starts false; what is on by default is switched with on and off', () => {
    for (const { tagName = '', attributes = [] } of elements())
      for (const { name, type, default: start } of attributes)
        if (type?.text === 'boolean') {
          assert.ok(FLAGS.includes(name), `${tagName} ${name}`);
          assert.equal(start, 'false', `${tagName} ${name}`);
        }
  });
});

describe('nothing is there that is not written down', () => {
  const sources = filesOf('components', '.ts')
    .filter((path) => !path.includes('/testing/') && !path.includes('/lang/'))
    .map((path) => [path, read(path)] as const);
  const found = (pattern: RegExp): ReadonlyMap<string, string> =>
    new Map(sources.flatMap(([path, text]) => [...text.matchAll(pattern)].map(([, name = '']) => [name, path] as const)));
  const said = (kind: 'cssParts' | 'cssProperties' | 'slots'): readonly string[] =>
    elements().flatMap((each) => names(each[kind]));

  test('parts, in any template', () => {
    for (const [list, path] of found(/part="([^"]+)"/g))
      for (const part of words(list.replaceAll(/\$\{\w+\}/g, '')).filter((name) => name !== 'more'))
        assert.ok(said('cssParts').includes(part), `part ${part} of ${path}`);
  });

  test('parts that the room lets through are parts of the room', () => {
    const through = Object.values(exported).flatMap((list) => list.split(','));
    assert.deepEqual(
      through.filter((part) => !ROOM_PARTS.includes(part)),
      [],
    );
    for (const part of names(element('webrtc-video-tile').cssParts)) assert.ok(through.includes(part), `${part} of the tile`);
  });

  test('slots', () => {
    for (const [name, path] of found(/<slot name="([\w-]+)"/g)) assert.ok(said('slots').includes(name), `${name} of ${path}`);
  });

  test('variables', () => {
    for (const [name, path] of found(/var\((--webrtc-[\w-]*[a-z\d])/g))
      assert.ok(said('cssProperties').includes(name), `${name} of ${path}`);
  });

  test('events: the typed map and the elements name the same', () => {
    const map = /interface WebrtcEventMap \{([^}]*)\}/.exec(read('components/shared/events/event-map.ts'))?.[1] ?? '';
    const typed = [...map.matchAll(/^ {2}'?([\w-]+)'?:/gm)].map(([, name = '']) => name);
    const fired = sorted(elements().flatMap((each) => names(each.events)));
    assert.deepEqual(sorted(typed), fired);
  });
});

describe('the package', () => {
  test('has the entries that were promised, one for each element, and no other', () => {
    const each = elements().map(({ tagName = '' }) => `./elements/${tagName}.js`);
    assert.deepEqual(sorted(Object.keys(packageJson.exports)), sorted([...ENTRIES, ...each]));
    assert.deepEqual(Object.keys(packageJson.bin), ['webrtc-elements']);
  });

  test('every entry with code is in the docs', () => {
    const docs = [...filesOf('docs', '.md'), 'README.md'].map(read).join('\n');
    for (const entry of [
      'call',
      'phone',
      'server',
      'react',
      'testing',
      'elements.js',
      'types/react',
      'types/vue',
      'types/svelte',
      'types/preact',
      'types/solid',
    ])
      assert.ok(docs.includes(`${packageJson.name}/${entry}`), entry);
  });
});

describe('the server', () => {
  test('answers at every promised address, and the docs name it', async (t) => {
    const secret = '0123456789abcdef0123456789abcdef';
    const app = await createApp(
      readConfig({ LOG_LEVEL: 'silent', API_KEYS: `test:${secret}`, ROOM_TOKEN_SECRET: secret, METRICS_TOKEN: secret }),
      { meter: createMetrics() },
    );
    t.after(() => app.close());
    const docs = [...filesOf('docs', '.md'), 'README.md'].map(read).join('\n');
    for (const [route, status] of Object.entries(ROUTES)) {
      const [method = '', url = ''] = route.split(' ');
      const answer = await app.inject({ method: method as 'GET', url, headers: { host: 'localhost' } });
      assert.equal(answer.statusCode, status, `${route}: ${answer.body.slice(0, 200)}`);
      const path = url
        .replace(/\?.*/, '')
        .replaceAll('standup', ':room')
        .replace(/\/a(?=\/|$)/, '/:id');
      const known = [path, path.replace(':room', 'standup'), path.replace(/\/$/, '')].some((each) => docs.includes(each || '/'));
      assert.ok(known, `${path} is in no document`);
    }
  });

  test('tells of what was promised, and of nothing else', () => {
    const types = [...read('server/webhooks/events.ts').matchAll(/'((?:room|participant|call)\.\w+)'/g)].map(
      ([, type = '']) => type,
    );
    assert.deepEqual(sorted(types), sorted(WEBHOOKS));
    for (const type of WEBHOOKS) assert.ok(read('docs/rest.md').includes(`\`${type}\``), `${type} is not in docs/rest.md`);
  });
});
