/**
 * Decides when the spotlight moves on: after somebody has really spoken for a while, never because of a cough
 * or a "yes". Pure: time and what is heard are given.
 */
import type { ParticipantId } from '../core/participant.js';

/** Speech must last this long before it moves the picture. */
const SUSTAINED_MS = 1_500;
/** A breath shorter than this does not end it. */
const BREATH_MS = 700;
/** Whoever has the spotlight keeps it at least this long. */
const STAY_MS = 3_000;

export interface Spotlight {
  readonly star: ParticipantId | null;
  readonly since: number;
  readonly candidate: ParticipantId | null;
  /** When the candidate's speech began; null: nothing heard yet. */
  readonly began: number | null;
  readonly sounding: boolean;
  /** When the candidate was heard last. */
  readonly heard: number;
}

export const NO_SPOTLIGHT: Spotlight = {
  star: null,
  since: -Infinity,
  candidate: null,
  began: null,
  sounding: false,
  heard: -Infinity,
};

export interface Speaking {
  /** The call's active speaker. */
  readonly speaker: ParticipantId | null;
  /** Who is heard at this moment. */
  readonly heard: ReadonlySet<ParticipantId>;
  /** Who is there. */
  readonly present: ReadonlySet<ParticipantId>;
}

export function followSpeaker(before: Spotlight, { speaker, heard, present }: Speaking, now: number): Spotlight {
  const gone = before.star === null || !present.has(before.star);
  const here = speaker !== null && present.has(speaker) ? speaker : null;
  // An empty spotlight is taken at once.
  if (gone) return { ...NO_SPOTLIGHT, star: here, since: here === null ? -Infinity : now };
  if (here === null || here === before.star) return { ...before, candidate: null, began: null };
  const same = before.candidate === here;
  const sounding = heard.has(here);
  const last = sounding || (same && before.sounding) ? now : same ? before.heard : -Infinity;
  const goesOn = same && before.began !== null && (before.sounding || now - before.heard < BREATH_MS);
  const began = goesOn ? before.began : sounding ? now : null;
  if (began !== null && now - began >= SUSTAINED_MS && now - before.since >= STAY_MS)
    return { ...NO_SPOTLIGHT, star: here, since: now };
  return { ...before, candidate: here, began, sounding, heard: last };
}

/** When to look again, if nothing else happens; null: never. */
export function lookAgainAt({ since, candidate, began, sounding, heard }: Spotlight): number | null {
  if (candidate === null || began === null) return null;
  const due = Math.max(began + SUSTAINED_MS, since + STAY_MS);
  // Silent now: nothing can happen after the breath is over.
  return sounding || due < heard + BREATH_MS ? due : null;
}
