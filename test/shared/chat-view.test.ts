import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatGroups, firstUnread } from '../../components/chat/chat-groups.js';
import { textParts } from '../../components/chat/links.js';
import type { ChatMessage } from '../../components/core/messaging/chat-log.js';

const links = (text: string) => textParts(text).flatMap((part) => (typeof part === 'string' ? [] : [[part.text, part.href]]));

describe('addresses in a message', () => {
  for (const [text, shown, href = shown] of [
    ['see https://example.org/a?b=c#d.', 'https://example.org/a?b=c#d'],
    ['(http://example.org/x)', 'http://example.org/x'],
    ['https://example.org/wiki/Rust_(language), read it', 'https://example.org/wiki/Rust_(language)'],
    ['HTTPS://EXAMPLE.ORG!', 'HTTPS://EXAMPLE.ORG', 'https://example.org/'],
    ['www.example.org?!', 'www.example.org', 'https://www.example.org/'],
    ['“https://example.org/”', 'https://example.org/'],
  ] as const)
    it(`are found in ${text}`, () => assert.deepEqual(links(text), [[shown, href]]));

  for (const text of [
    'javascript:alert(1)',
    'data:text/html,<b>x</b>',
    'ftp://example.org',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:secret@example.org',
    'https://\u202eexample.org',
    'mailto:x@example.org',
    'example.org',
    'http:/example.org',
  ])
    it(`are none in ${JSON.stringify(text)}`, () => assert.deepEqual(links(text), []));

  for (const [text, shown] of [
    ['https://аррӏе.com/login', 'https://xn--80ak6aa92e.com/login'], // all Cyrillic
    ['https://pаypal.com', 'https://xn--pypal-4ve.com'], // one letter of it
    ['https://ɡoogle.com', 'https://xn--oogle-qmc.com'], // a phonetic sign
    ['https://ıcloud.com', 'https://xn--cloud-m4a.com'], // an i without its dot
    ['https://αрple.com:8443/x?y', 'https://xn--ple-nxc92e.com:8443/x?y'],
    ['https://exаmple.org:8080', 'https://xn--exmple-4nf.org:8080'],
    ['www.gооgle.de', 'www.xn--ggle-55da.de'],
    ['https://ｇｏｏｇｌｅ.com', 'https://google.com'], // read as what it is
    ['https://ex%61mple.org/', 'https://example.org/'],
    ['https://münchen.de/straße', 'https://münchen.de/straße'],
    ['https://президент.рф', 'https://президент.рф'],
    ['https://παράδειγμα.ελ', 'https://παράδειγμα.ελ'],
    ['https://例え.jp/ばしょ', 'https://例え.jp/ばしょ'],
    ['https://مثال.إختبار/صفحة', 'https://مثال.إختبار/صفحة'],
    ['https://שלום.example.com', 'https://xn--9dbne9b.example.com'], // its parts would change places
    ['https://xn--80ak6aa92e.com', 'https://xn--80ak6aa92e.com'],
  ] as const)
    it(`show where they lead: ${text}`, () => {
      const [link] = textParts(text);
      assert.ok(link && typeof link !== 'string');
      assert.equal(link.text, shown);
    });

  it('leave the text as it was, in order', () => {
    const text = 'a https://x.example b\n<img src=x> https://y.example.';
    const parts = textParts(text).map((part) => (typeof part === 'string' ? part : part.text));
    assert.equal(parts.join(''), text);
  });

  it('are found quickly, whatever the text', () => {
    const began = performance.now();
    textParts(`https://${'a.'.repeat(900)}`);
    textParts('https://x'.repeat(220));
    textParts(`https://x${')'.repeat(1_900)}`);
    assert.ok(performance.now() - began < 200);
  });
});

const message = (id: string, from: string, minute: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  from,
  displayName: from,
  text: id,
  sentAt: minute * 60_000,
  own: false,
  status: 'sent',
  receivedFrom: null,
  ...more,
});

describe('the list of messages', () => {
  const shape = (chat: readonly ChatMessage[], firstNew: string | null = null) =>
    chatGroups(chat, firstNew).map(({ messages }) => messages.map(({ id }) => id).join(' '));

  it('puts what one person said in a row under one name', () => {
    const chat = [message('a', 'Ana', 0), message('b', 'Ana', 1), message('c', 'Ben', 1), message('d', 'Ana', 2)];
    assert.deepEqual(shape(chat), ['a b', 'c', 'd']);
  });

  it('begins anew after a pause, another name, a line, and where somebody else has told', () => {
    const chat = [
      message('told', 'Ana', 0, { receivedFrom: 'Ben' }),
      message('a', 'Ana', 0),
      message('b', 'Ana', 9),
      message('c', 'Ana', 9, { displayName: 'Anna' }),
      message('d', 'Ana', 9, { displayName: 'Anna' }),
    ];
    assert.deepEqual(shape(chat, 'Ana/d'), ['told', 'a', 'b', 'c', 'd']);
    assert.deepEqual(
      chatGroups(chat, 'Ana/d').map(({ receivedFrom, firstNew }) => [receivedFrom, firstNew]),
      [
        ['Ben', false],
        [null, false],
        [null, false],
        [null, false],
        [null, true],
      ],
    );
  });

  it('keeps a group the same one while its oldest messages go', () => {
    const chat = [message('a', 'Ana', 0), message('b', 'Ana', 1), message('c', 'Ben', 1), message('d', 'Ben', 2)];
    const known = new Map<string, string>();
    const keys = (some: readonly ChatMessage[]) => chatGroups(some, null, known).map(({ key }) => key);
    assert.deepEqual(keys(chat), ['Ana/a', 'Ben/c']);
    assert.deepEqual(keys(chat.slice(1)), ['Ana/a', 'Ben/c']);
    assert.deepEqual(keys(chat.slice(3)), ['Ben/c']);
    // A line is drawn through it: two groups, two keys.
    assert.equal(new Set(chatGroups(chat.slice(2), 'Ben/d', known).map(({ key }) => key)).size, 2);
  });

  it('draws its line before the oldest that nobody has seen', () => {
    const chat = [message('a', 'Ana', 0), message('own', 'me', 1, { own: true }), message('b', 'Ben', 2), message('c', 'Ana', 3)];
    assert.equal(firstUnread(chat, 2), 'Ben/b');
    assert.equal(firstUnread(chat, 99), 'Ana/a');
    assert.equal(firstUnread(chat, 0), null);
  });
});
