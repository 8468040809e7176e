/** Which face the room shows. No DOM. */
import type { CallState } from '../core/call-state.js';

export type RoomView = 'prejoin' | 'joining' | 'waiting' | 'call' | 'left' | 'error';

/** Never inside, so nothing is over: full, locked, forbidden. */
export const refused = (reason: CallState['leftReason']): boolean => reason === 'full' || reason === 'denied';

export function roomView(
  state: Pick<CallState, 'error' | 'leftReason' | 'meeting'>,
  prejoin: boolean,
  before: RoomView,
): RoomView {
  // Who fails at the door is told there, with the name still in its field.
  const atDoor = before === 'prejoin' && prejoin;
  switch (state.meeting) {
    case 'new':
    case 'prejoin':
      return !prejoin && state.error ? 'error' : 'prejoin';
    case 'waiting':
      return 'waiting';
    case 'joining':
      // The door stays, with its button busy, until the room opens.
      return atDoor ? 'prejoin' : 'joining';
    case 'joined':
      return 'call';
    case 'left':
      return atDoor && refused(state.leftReason) ? 'prejoin' : 'left';
    case 'error':
      return atDoor ? 'prejoin' : 'error';
  }
}

/** For styles of the page: `:state(…)`. */
export function roomStates(
  { meeting, connection, topology, local }: Pick<CallState, 'connection' | 'local' | 'meeting' | 'topology'>,
  lowData: boolean,
): Readonly<Record<string, boolean>> {
  const joined = meeting === 'joined';
  return {
    joined,
    reconnecting: joined && connection === 'reconnecting',
    muted: joined && local.microphone.status !== 'on',
    'video-off': joined && local.camera.status !== 'on',
    'low-data': joined && lowData,
    mesh: joined && topology === 'mesh',
    sfu: joined && topology === 'sfu',
  };
}
