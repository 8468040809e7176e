/** What a visitor is told who is not in the call any more, and what they can do now. No DOM. */
import type { LeftReason } from '../core/call-state.js';
import type { Translation } from '../lang/translation.js';

type Words = Pick<
  Translation,
  | 'busyHelp'
  | 'denied'
  | 'duplicate'
  | 'duplicateHelp'
  | 'endedHelp'
  | 'endedTitle'
  | 'fullTitle'
  | 'join'
  | 'kicked'
  | 'kickedHelp'
  | 'lost'
  | 'rejoin'
  | 'serverStopped'
  | 'unreachableHelp'
  | 'youLeft'
>;

export interface Farewell {
  readonly title: keyof Words;
  readonly help?: keyof Words;
  /** The way in again; none for who was put out. */
  readonly again?: keyof Words;
  /** Going back is what most want now. */
  readonly primary?: boolean;
}

export function farewell(reason: LeftReason | null): Farewell {
  const back = { again: 'rejoin', primary: true } as const;
  switch (reason) {
    case 'kicked':
      return { title: 'kicked', help: 'kickedHelp' };
    case 'ended':
      return { title: 'endedTitle', help: 'endedHelp', again: 'join' };
    case 'network':
      return { title: 'lost', help: 'unreachableHelp', ...back };
    case 'duplicate':
      return { title: 'duplicate', help: 'duplicateHelp', again: 'rejoin' };
    case 'server-shutdown':
      return { title: 'serverStopped', help: 'busyHelp', ...back };
    case 'full':
      return { title: 'fullTitle', ...back };
    case 'denied':
      return { title: 'denied' };
    default:
      return { title: 'youLeft', ...back };
  }
}
