/**
 * The phases of a call and which may follow which. Impossible moves are a bug of ours: they throw
 * where assertions are on, and are refused (the state stays) everywhere else.
 */

/** Names of API.md `meetingState`. */
export type MeetingState = 'new' | 'prejoin' | 'waiting' | 'joining' | 'joined' | 'left' | 'error';
/** Names of API.md `connectionState`: the signaling connection, not the media. */
export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'reconnecting';
export type TopologyState = 'mesh' | 'sfu';

const NEXT: Readonly<Record<MeetingState, readonly MeetingState[]>> = {
  new: ['prejoin', 'joining', 'error'],
  prejoin: ['new', 'joining', 'left', 'error'],
  waiting: ['prejoin', 'joining', 'joined', 'left', 'error'],
  joining: ['waiting', 'joined', 'left', 'prejoin', 'error'],
  joined: ['left', 'error'],
  left: ['new', 'prejoin', 'joining'],
  error: ['new', 'prejoin', 'joining', 'left'],
};

export function mayFollow(from: MeetingState, to: MeetingState): boolean {
  return from === to || NEXT[from].includes(to);
}
