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
  layoutName: ['grid'],
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
const SAME: ReadonlySet<string> = new Set(['de chat', 'es chat', 'pt chat', 'fr backgroundPicture']);
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

const ABOUT_PEOPLE = ['joinedSpoken', 'leftSpoken', 'waitingSpoken', 'recordingBy', 'handRaisedSpoken', 'messageSpoken'] as const;

/** What is said of one, two, three and five people, where agreement between name and verb goes wrong most easily. */
const SAID: Readonly<Record<string, Readonly<Partial<Record<(typeof ABOUT_PEOPLE)[number], readonly string[]>>>>> = {
  en: {
    joinedSpoken: ['Ana joined.', 'Ana and Ben joined.', 'Ana, Ben, and Cleo joined.', '5 people joined.'],
    recordingBy: [
      'Ana is recording.',
      'Ana and Ben are recording.',
      'Ana, Ben, and Cleo are recording.',
      '5 people are recording.',
    ],
  },
  de: {
    joinedSpoken: [
      'Ana ist jetzt dabei.',
      'Ana und Ben sind jetzt dabei.',
      'Ana, Ben und Cleo sind jetzt dabei.',
      '5 Personen sind jetzt dabei.',
    ],
    leftSpoken: [
      'Ana ist gegangen.',
      'Ana und Ben sind gegangen.',
      'Ana, Ben und Cleo sind gegangen.',
      '5 Personen sind gegangen.',
    ],
  },
  es: { joinedSpoken: ['Ana ha entrado.', 'Ana y Ben han entrado.', 'Ana, Ben y Cleo han entrado.', '5 personas han entrado.'] },
  fr: { leftSpoken: ['Ana a quitté l’appel.', 'Ana et Ben ont quitté l’appel.'] },
  'pt-BR': { leftSpoken: ['Ana saiu.', 'Ana e Ben saíram.', 'Ana, Ben e Cleo saíram.', '5 pessoas saíram.'] },
  ar: { joinedSpoken: ['انضم Ana.', 'انضم Ana وBen.', 'انضم Ana وBen وCleo.', 'انضم 5 أشخاص.'] },
  ja: { joinedSpoken: ['Anaさんが参加しました。', 'Anaさん、Benさんが参加しました。'] },
  ko: { leftSpoken: ['Ana 님이 나갔습니다.'] },
};

for (const [code, load] of [['en', () => Promise.resolve({ ...en, ...enMore })] as const, ...Object.entries(LANGUAGES)]) {
  test(`${code} speaks of nobody, one, two, three and many people by the rules of the language`, async () => {
    const texts = (await load()) as unknown as Texts;
    const tag = String(texts['$code']);
    const groups = [['Ana'], ['Ana', 'Ben'], ['Ana', 'Ben', 'Cleo'], ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve']];
    for (const key of ABOUT_PEOPLE) {
      assert.equal(say(texts, key, [[]]), '', `${key} of nobody`);
      for (const names of groups) {
        const said = say(texts, key, [names]);
        assert.doesNotMatch(said, /[{}]/, said);
        if (names.length > 3) assert.match(said, /5/, said);
        else for (const name of names) assert.ok(said.includes(name), said);
        if (names.length === 2) {
          const and = new Intl.ListFormat(tag).formatToParts(names).find(({ type }) => type === 'literal');
          assert.ok(said.includes(and?.value ?? ''), said);
        }
      }
      SAID[tag]?.[key]?.forEach((sentence, index) => assert.equal(say(texts, key, [groups[index]]), sentence));
    }
  });
}

test('a name that looks like a pattern is said as it is', async () => {
  const texts = { ...en, ...enMore } as unknown as Texts;
  assert.equal(say(texts, 'joinedSpoken', [['$& {who}']]), '$& {who} joined.');
});

test('Spanish and Chinese address the visitor in one way only', async () => {
  const all = async (code: string): Promise<string> => {
    const texts = (await LANGUAGES[code]?.()) as unknown as Texts;
    return Object.keys(texts)
      .map((key) => say(texts, key))
      .join('\n');
  };
  assert.doesNotMatch(await all('es'), /\b(usted|Usted|ustedes|su (vídeo|micrófono|cámara|imagen)|Espere|Recargue|Puede)\b/);
  assert.doesNotMatch(await all('zh-hans'), /您/);
});

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
