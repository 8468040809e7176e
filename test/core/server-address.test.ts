import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import { serverAddress } from '../../components/core/server-address.js';
import { serverAdvice } from '../../components/core/server-advice.js';

const PAGE = 'https://shop.example/help/contact.html';

describe('server-url', () => {
  for (const [given, found] of [
    ['https://calls.example.org', 'https://calls.example.org'],
    ['https://calls.example.org/', 'https://calls.example.org'],
    [' https://calls.example.org:8443/calls/?x#y ', 'https://calls.example.org:8443/calls'],
    ['//calls.example.org:8443', 'https://calls.example.org:8443'],
    ['/calls', 'https://shop.example/calls'],
    ['/', 'https://shop.example'],
    ['./calls', 'https://shop.example/help/calls'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ] as const)
    it(`"${given}" is ${found}`, () => assert.equal(serverAddress(given, PAGE), found));

  for (const [given, advice] of [
    ['calls.example.org', /"https:\/\/calls\.example\.org"/],
    ['calls.example.org:8443', /"https:\/\/calls\.example\.org:8443"/],
    ['calls', /"https:\/\/calls"/],
    ['localhost:8080', /"http:\/\/localhost:8080"/],
    ['127.0.0.1:8080/calls', /"http:\/\/127\.0\.0\.1:8080\/calls"/],
    ['wss://calls.example.org', /"https:\/\/calls\.example\.org"/],
    ['ws://localhost:8080', /"http:\/\/localhost:8080"/],
    ['ftp://calls.example.org', /not over ftp:/],
    ['javascript:alert(1)', /no address/],
    ['what is this', /no address/],
    ['//', /no address/],
    ['https://', /no address/],
    ['http://calls.example.org', /"https:\/\/calls\.example\.org\/"/],
    ['https://me:secret@calls.example.org', /room token/],
  ] as const)
    it(`"${given}" is answered by what was meant`, () => {
      assert.throws(
        () => serverAddress(given, PAGE),
        (error: unknown) => error instanceof CallError && error.code === 'SERVER_URL_INVALID',
      );
      assert.match(serverAdvice(given, PAGE), advice);
    });

  it('of a page without an address has to be whole', () => {
    assert.throws(() => serverAddress('/calls', 'about:srcdoc'));
    assert.match(serverAdvice('/calls', 'about:srcdoc'), /whole one|no address/);
    assert.equal(serverAddress('https://calls.example.org', 'about:srcdoc'), 'https://calls.example.org');
  });
});
