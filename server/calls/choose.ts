/** Whom a ring reaches at an address, and why nobody if nobody: by what the registrations say. Pure. */
import type { AddressPresence, RingOutcome } from '../protocol/calls.js';
import type { Registration } from './registration.js';

/** All devices of one person. */
export type Person = readonly Registration[];

export type Choice =
  /** In the order of their turns. */
  | { readonly persons: readonly Person[] }
  /** There is somebody, but not for this caller, who must not notice. */
  | { readonly persons: 'blocked' }
  | { readonly persons: 'none'; readonly outcome: RingOutcome };

export const isFree = ({ status, ring, outgoing, removed }: Registration): boolean =>
  !removed && status === 'available' && ring === undefined && outgoing.size === 0;
/** One talks on one device at a time: a person who talks on one is busy on all. */
const isBusy = (person: Person): boolean =>
  person.some(({ status, ring, outgoing }) => status === 'busy' || ring !== undefined || outgoing.size > 0);

export function choose(registrations: Iterable<Registration>, keys: readonly string[]): Choice {
  const all = [...registrations];
  const open = all.filter(({ blocked }) => !keys.some((key) => blocked.has(key)));
  if (open.length === 0) return all.length === 0 ? { persons: 'none', outcome: 'unavailable' } : { persons: 'blocked' };
  const persons = byPerson(open);
  const free = persons.filter((person) => !isBusy(person)).map((person) => person.filter(isFree));
  const reached = free.filter((person) => person.length > 0);
  if (reached.length > 0) return { persons: reached.sort((a, b) => lastAnswer(a) - lastAnswer(b)) };
  return { persons: 'none', outcome: persons.some(isBusy) ? 'busy' : 'do-not-disturb' };
}

export function presenceOf(registrations: Iterable<Registration>): AddressPresence {
  const shown = [...registrations].filter(({ presence, connection }) => presence === 'shown' && connection !== undefined);
  const persons = byPerson(shown);
  if (persons.some((person) => !isBusy(person) && person.some(isFree))) return 'available';
  return persons.some(isBusy) ? 'busy' : 'unknown';
}

/** The newest registration says how its group is rung. */
export const ringsInTurn = (registrations: Iterable<Registration>): boolean => [...registrations].at(-1)?.strategy === 'turn';

const lastAnswer = (person: Person): number => Math.max(...person.map(({ answeredAt }) => answeredAt));

function byPerson(registrations: readonly Registration[]): readonly Person[] {
  const persons = new Map<string, Registration[]>();
  for (const registration of registrations) {
    const devices = persons.get(registration.person);
    if (devices === undefined) persons.set(registration.person, [registration]);
    else devices.push(registration);
  }
  return [...persons.values()];
}
