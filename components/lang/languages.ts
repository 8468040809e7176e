/** Which languages can be loaded, by language or language-script. English is built in. */
import type { Translation } from './translation.js';

export const LANGUAGES: Readonly<Record<string, () => Promise<Translation>>> = {
  ar: () => import('./ar.js').then((module) => module.ar),
  de: () => import('./de.js').then((module) => module.de),
};
