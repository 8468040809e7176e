/** Which languages can be loaded, by language or language-script, lower case. English is built in. */
import type { Texts } from './translation.js';

export const LANGUAGES: Readonly<Record<string, () => Promise<Texts>>> = {
  ar: () => import('./ar.js').then((module) => module.ar),
  de: () => import('./de.js').then((module) => module.de),
  es: () => import('./es.js').then((module) => module.es),
  fr: () => import('./fr.js').then((module) => module.fr),
  ja: () => import('./ja.js').then((module) => module.ja),
  ko: () => import('./ko.js').then((module) => module.ko),
  pt: () => import('./pt.js').then((module) => module.pt),
  'zh-hans': () => import('./zh-hans.js').then((module) => module.zhHans),
};
