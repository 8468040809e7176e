/** What can be done with a tile, from the state of the call. No DOM. */
import type { CallState } from '../core/call-state.js';
import type { ParticipantId } from '../core/participant.js';

export interface TileIdentity {
  readonly participantId: ParticipantId;
  readonly local: boolean;
  readonly screen: boolean;
  readonly pinned: boolean;
}

export interface TileOptions {
  readonly pin: boolean;
  readonly volume: boolean;
  /** We may switch their microphone off, and it is on. */
  readonly mute: boolean;
  readonly kick: boolean;
  readonly enlarge: boolean;
  /** Our own picture: how we see it. */
  readonly self: boolean;
}

/** The same name as the stage has for it. */
export const keyOf = ({ participantId, local, screen }: TileIdentity): string =>
  `${local ? 'local' : participantId}${screen ? '/screen' : ''}`;

export function tileOptions(
  tile: TileIdentity,
  { local, participants }: Pick<CallState, 'local' | 'participants'>,
  canEnlarge: boolean,
): TileOptions {
  const other = tile.local ? undefined : participants.find(({ id }) => id === tile.participantId);
  const screens = participants.filter(({ media }) => media.screen).length + (local.screen.status === 'on' ? 1 : 0);
  const person = !tile.screen;
  const { moderate } = local.grants;
  return {
    // With one tile beside our own there is nothing to choose.
    pin: tile.pinned || ((tile.screen || !tile.local) && participants.length + screens > 1),
    volume: other !== undefined && (person || other.media.screenAudio),
    mute: person && other !== undefined && moderate && other.media.microphone,
    // Whoever runs the call is not put out of it by a helper.
    kick: person && other !== undefined && moderate && (other.role !== 'host' || local.role === 'host'),
    enlarge: canEnlarge && tile.screen,
    self: tile.local && person,
  };
}

export const hasOptions = ({ volume, mute, kick, enlarge, self }: TileOptions): boolean =>
  volume || mute || kick || enlarge || self;
