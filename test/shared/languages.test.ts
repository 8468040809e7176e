import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enMore } from '../../components/lang/en-more.js';
import { en } from '../../components/lang/en.js';
import { LANGUAGES } from '../../components/lang/languages.js';
import { codes } from '../../components/shared/localize.js';

type Texts = Readonly<Record<string, string | ((...args: unknown[]) => string)>>;

/** What a text function may be called with, by how English uses it. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  inside: [3],
  pageOf: [2, 3],
  noiseLevel: ['strong'],
  backgroundPicture: [1],
  joinedSpoken: [['Ana', 'Ben']],
  leftSpoken: [['Ana', 'Ben']],
  waitingSpoken: [['Ana', 'Ben']],
  recordingBy: [['Ana', 'Ben']],
  backgroundNamed: ['dusk'],
  handRaisedSpoken: [['Ana', 'Ben']],
  messageSpoken: [['Ana', 'Ben']],
  blockedCallers: [3],
  callWord: ['answered', 'in'],
  ringOutcome: ['busy', 'Ana'],
  reactionSpoken: ['👏', ['Ana', 'Ben']],
  unread: [3],
  reactionName: ['👍'],
  quality: ['poor'],
  statsPath: ['Ana', true, 24],
  statsRates: ['1.2 Mb/s', '0.4 Mb/s'],
  statsSent: ['640 × 360', 24],
  statsReceived: ['640 × 360', 24],
  statsLimit: ['cpu'],
};
/** Said with the English word. */
const SAME: ReadonlySet<string> = new Set(['de chat', 'es chat', 'pt chat']);
const say = (texts: Texts, key: string, args = ARGUMENTS[key] ?? ['microphone']): string => {
  const text = texts[key];
  return typeof text === 'function' ? text(...args) : (text ?? '');
};

for (const [code, load] of Object.entries(LANGUAGES)) {
  test(`${code} has every text, none of them English`, async () => {
    const texts = (await load()) as unknown as Texts;
    const english = { ...en, ...enMore } as unknown as Texts;
    assert.ok(codes(String(texts['$code'])).includes(code), String(texts['$code']));
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
    for (const key of Object.keys(english).filter((name) => !name.startsWith('$'))) {
      assert.equal(typeof texts[key], typeof english[key], key);
      assert.ok(say(texts, key).trim(), `${key} is empty`);
      assert.ok(!say(texts, key).includes('undefined'), `${key}: ${say(texts, key)}`);
      if (!SAME.has(`${code} ${key}`)) assert.notEqual(say(texts, key), say(english, key), `${key} is not translated`);
    }
  });

  test(`${code} bends its numbers`, async () => {
    const texts = (await load()) as unknown as Texts;
    assert.equal(new Set([0, 1, 2, 5, 12].map((count) => say(texts, 'inside', [count]))).size, 5);
  });
}

test('a language is found by language, script or region', () => {
  const found = (lang: string): string | undefined => codes(lang).find((code) => LANGUAGES[code]);
  assert.equal(found('de-AT'), 'de');
  assert.equal(found('pt-BR'), 'pt');
  assert.equal(found('pt-PT'), 'pt');
  assert.equal(found('zh'), 'zh-hans');
  assert.equal(found('zh-CN'), 'zh-hans');
  assert.equal(found('zh-TW'), undefined); // other characters: English is better than the wrong ones
  assert.equal(found('ko-KR'), 'ko');
  assert.equal(found('tlh'), undefined);
});
