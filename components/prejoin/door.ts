/** What the door shows of each device: what is, once it was opened; what will be, before. No DOM. */
import type { LocalParticipant, LocalSource } from '../core/participant.js';
import type { Levels } from '../core/call.js';

export interface DoorDevice {
  readonly on: boolean;
  readonly pending: boolean;
  readonly problem: boolean;
  /** Not opened yet: the switch says how to join, not what is on. */
  readonly ahead: boolean;
}

export function doorDevice(source: LocalSource, opened: boolean): DoorDevice {
  const pending = source.status === 'turning-on' || source.status === 'turning-off';
  const problem = source.status === 'off' && source.error !== null;
  const ahead = !opened && source.status === 'off' && !problem;
  return { on: ahead ? source.wanted : source.status === 'on' || source.status === 'turning-off', pending, problem, ahead };
}

/** The visitor has let a device be opened, or tried to. */
export function wasOpened({ microphone, camera }: LocalParticipant): boolean {
  return [microphone, camera].some((source) => source.status !== 'off' || source.error !== null);
}

export const METER_STEPS = 5;

/** How many bars of the meter are lit. Loudness is felt as a root, roughly. */
export function meterStep(levels: Levels): number {
  return Math.min(METER_STEPS, Math.round(Math.sqrt(levels.get('local') ?? 0) * 8));
}
