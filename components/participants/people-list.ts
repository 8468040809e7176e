/** Who is in the list and what may be done with them, from the state of the call. No DOM. */
import type { Role } from '../../server/protocol/rights.js';
import type { CallState } from '../core/call-state.js';
import type { ParticipantId } from '../core/participant.js';

export interface PersonRow {
  readonly id: ParticipantId;
  readonly displayName: string;
  readonly local: boolean;
  readonly role: Role;
  readonly microphoneOff: boolean;
  readonly cameraOff: boolean;
  readonly away: boolean;
  /** We may switch their microphone off, and it is on. */
  readonly mayMute: boolean;
  readonly mayKick: boolean;
  readonly handRaised: boolean;
  /** Their hand is up, and we may take it down; our own, too. */
  readonly mayLower: boolean;
}

/** After every hand. */
const MOST = Number.MAX_SAFE_INTEGER;

/** Hands that are up first, in the order they went up; then ourselves, then the others as they came. */
export function peopleList({ local, participants }: Pick<CallState, 'local' | 'participants'>): readonly PersonRow[] {
  const { moderate } = local.grants;
  const on = ({ status }: { readonly status: string }): boolean => status === 'on' || status === 'turning-off';
  const self: PersonRow = {
    id: local.id ?? 'local',
    displayName: local.displayName,
    local: true,
    role: local.role,
    microphoneOff: !on(local.microphone),
    cameraOff: !on(local.camera),
    away: false,
    mayMute: false,
    mayKick: false,
    handRaised: local.handRaised,
    mayLower: local.handRaised,
  };
  const order = new Map([local, ...participants].map(({ id, handOrder }) => [id ?? 'local', handOrder || MOST]));
  const rows = [
    self,
    ...participants.map(({ id, displayName, role, media, presence, handRaised }): PersonRow => ({
      id,
      displayName,
      local: false,
      role,
      microphoneOff: !media.microphone,
      cameraOff: !media.camera,
      away: presence === 'away',
      mayMute: moderate && media.microphone,
      // Whoever runs the call is not put out of it by a helper.
      mayKick: moderate && (role !== 'host' || local.role === 'host'),
      handRaised,
      mayLower: handRaised && moderate && (role !== 'host' || local.role === 'host'),
    })),
  ];
  const at = ({ id }: PersonRow): number => order.get(id) ?? MOST;
  return rows.sort((a, b) => at(a) - at(b));
}
