/** What a visitor is told who is not in the call any more. No DOM. */
import type { LeftReason } from '../core/call-state.js';
import type { Translation } from '../lang/translation.js';

export interface Farewell {
  readonly title: keyof Pick<
    Translation,
    'denied' | 'duplicate' | 'ended' | 'fullTitle' | 'kicked' | 'lost' | 'serverStopped' | 'youLeft'
  >;
  readonly rejoin: boolean;
}

export function farewell(reason: LeftReason | null): Farewell {
  switch (reason) {
    case 'kicked':
      return { title: 'kicked', rejoin: false };
    case 'ended':
      return { title: 'ended', rejoin: false };
    case 'network':
      return { title: 'lost', rejoin: true };
    case 'duplicate':
      return { title: 'duplicate', rejoin: true };
    case 'server-shutdown':
      return { title: 'serverStopped', rejoin: true };
    case 'full':
      return { title: 'fullTitle', rejoin: true };
    case 'denied':
      return { title: 'denied', rejoin: false };
    default:
      return { title: 'youLeft', rejoin: true };
  }
}
