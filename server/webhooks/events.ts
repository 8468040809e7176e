/** What a host site can be told about its rooms, as data. Knows neither how it is found out nor how it is sent. */
import type { RingOutcome } from '../protocol/calls.js';
import type { DepartureReason } from '../protocol/events.js';
import type { Role } from '../protocol/rights.js';

export interface WebhookParticipant {
  readonly id: string;
  readonly displayName: string;
  /** The `sub` of the token; for a guest what the page said. */
  readonly externalId?: string;
  readonly role: Role;
}

export type RoomEvent =
  | { readonly type: 'room.started' | 'room.ended'; readonly room: string }
  | { readonly type: 'participant.joined'; readonly room: string; readonly participant: WebhookParticipant }
  | {
      readonly type: 'participant.left';
      readonly room: string;
      readonly participant: WebhookParticipant;
      readonly reason: DepartureReason;
    }
  | {
      /** Somebody rang a named address and reached nobody. */
      readonly type: 'call.missed';
      readonly address: string;
      readonly from: { readonly displayName: string; readonly externalId?: string; readonly address?: string };
      readonly outcome: Exclude<RingOutcome, 'answered' | 'own-address'>;
    };

export type Tell = (event: RoomEvent) => void;
