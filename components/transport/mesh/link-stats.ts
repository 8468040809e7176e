/** What is known of the link to one participant: in a mesh it is the connection and the way their media comes, both. */
import type { ConnectionStats, ParticipantNetworkStats } from '../../core/network.js';

export interface LinkStats extends Omit<ConnectionStats, 'participantId'>, Pick<ParticipantNetworkStats, 'received'> {}
