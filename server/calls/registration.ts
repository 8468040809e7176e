/** A device that can be rung: one tab, one page, one person at a desk. It outlives its connection for a moment. */
import type { CallEvents, PhoneStatus, PresenceSetting, RingStrategy } from '../protocol/calls.js';
import type { Ring } from './ring.js';

/** What of a connection is needed here. */
export interface PhoneConnection {
  readonly id: string;
  readonly open: boolean;
  send<E extends keyof CallEvents>(event: E, payload: CallEvents[E]): void;
}

export interface Registration {
  readonly key: string;
  readonly address: string;
  /** The same for all devices of one person. */
  readonly person: string;
  /** A name, not an address of its own. */
  readonly named: boolean;
  readonly externalId: string | undefined;
  connection: PhoneConnection | undefined;
  displayName: string;
  status: PhoneStatus;
  blocked: ReadonlySet<string>;
  presence: PresenceSetting;
  strategy: RingStrategy;
  /** What rings here. */
  ring: Ring | undefined;
  /** Whom it is ringing itself. */
  readonly outgoing: Set<Ring>;
  answeredAt: number;
  /** The page said that it goes away. */
  away: boolean;
  removed: boolean;
  grace: NodeJS.Timeout | undefined;
}
