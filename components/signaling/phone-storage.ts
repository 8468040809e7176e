/**
 * What a telephone keeps: the secret of the device, its history and its blocked callers for all tabs, and over a reload
 * what was going on in this one. Where a page has no storage, all of it holds as long as the page.
 */
import type { PhoneMemory, TabMemory } from '../core/phone/phone-memory.js';
import type { PhoneSettings } from '../core/phone/phone-state.js';
import { NO_SETTINGS } from '../core/phone/settings.js';
import { toJson } from '../core/json.js';

const PREFIX = 'webrtc-elements.phone';
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** `usefulMs`: after this, what was going on in the tab is over. */
export function phoneStorage(usefulMs: number): PhoneMemory {
  const here = new Map<string, string>();
  const key = (kind: string, serverUrl: string): string => `${PREFIX}.${kind} ${serverUrl}`;
  const read = <T>(name: string): T | null => {
    try {
      return JSON.parse(here.get(name) ?? localStorage.getItem(name) ?? 'null') as T | null;
    } catch {
      return null;
    }
  };
  const write = (name: string, value: unknown): void => {
    const text = toJson(value);
    try {
      localStorage.setItem(name, text);
      here.delete(name);
    } catch {
      here.set(name, text);
    }
  };
  return {
    secret(serverUrl) {
      const name = key('secret', serverUrl);
      const known = read<string>(name);
      if (typeof known === 'string' && SECRET.test(known)) return known;
      const made = newSecret();
      write(name, made);
      return made;
    },
    settings(serverUrl) {
      const kept = read<Partial<PhoneSettings>>(key('settings', serverUrl));
      return {
        doNotDisturb: kept?.doNotDisturb === true,
        blocked: Array.isArray(kept?.blocked) ? kept.blocked : NO_SETTINGS.blocked,
        history: Array.isArray(kept?.history) ? kept.history : NO_SETTINGS.history,
      };
    },
    saveSettings: (serverUrl, settings) => write(key('settings', serverUrl), settings),
    watch(listener, signal) {
      addEventListener('storage', (event) => event.key?.startsWith(`${PREFIX}.settings`) === true && listener(), { signal });
    },
    // The signature tells one token from another, and is of no use to anybody.
    pass(serverUrl, token) {
      const kept = read<{ readonly of: string; readonly pass: string }>(key('pass', serverUrl));
      return kept?.of === token.slice(-16) ? kept.pass : null;
    },
    savePass: (serverUrl, token, pass) => write(key('pass', serverUrl), { of: token.slice(-16), pass }),
    saveTab(serverUrl, memory) {
      try {
        sessionStorage.setItem(key('tab', serverUrl), toJson({ ...memory, savedAt: Date.now() }));
      } catch {
        // No storage for embedded pages: a reload hangs up.
      }
    },
    takeTab(serverUrl) {
      try {
        const name = key('tab', serverUrl);
        const text = sessionStorage.getItem(name);
        sessionStorage.removeItem(name);
        const kept = JSON.parse(text ?? 'null') as (TabMemory & { readonly savedAt: number }) | null;
        return kept && Date.now() - kept.savedAt < usefulMs ? kept : null;
      } catch {
        return null;
      }
    },
  };
}

/** 256 random bits, base64url. */
function newSecret(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
