/** Who may put a room of this server into a frame. Anybody while developing; in production nobody who is not listed. */
import Type from 'typebox';
import { readOrigins } from './config-values.js';

/** The part of the schema these settings are read by. */
export const EMBEDDING = {
  EMBED_ORIGINS: Type.Optional(Type.String()),
};

interface Embedding {
  readonly production: boolean;
  /** Origins that may frame `/embed/:room`, `*` for any. Not set: any, in production none. */
  readonly embedOrigins?: readonly string[];
}

/** Throws the sentence an operator will read. */
export function readEmbedOrigins({ EMBED_ORIGINS: given }: { readonly EMBED_ORIGINS?: string }): Pick<Embedding, 'embedOrigins'> {
  return given === undefined ? {} : { embedOrigins: readOrigins(given, 'EMBED_ORIGINS') };
}

export function embedOriginsOf({ embedOrigins, production }: Embedding): readonly string[] {
  return embedOrigins ?? (production ? [] : ['*']);
}
