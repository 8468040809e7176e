/** What of several signals that wait to be sent still has to be said, and what can be said together. Pure. */
import { MAX_CANDIDATES_PER_MESSAGE } from '../../server/protocol/limits.js';
import type { Candidate, SignalRequest } from '../../server/protocol/schemas.js';

type Pending = Pick<SignalRequest, 'to' | 'signal'>;

/** Both in one, as the earlier message; null where they have to stay two. Nothing for the same peer may stand between them. */
export function merged(earlier: SignalRequest, later: Pending): SignalRequest | null {
  const [before, after] = [earlier.signal, later.signal];
  if (earlier.to !== later.to || before.connectionId !== after.connectionId) return null;
  if (before.videoRequests && after.videoRequests)
    return { ...earlier, signal: { ...before, videoRequests: { ...before.videoRequests, ...after.videoRequests } } };
  if (!isCandidatesOnly(before) || !isCandidatesOnly(after) || before.remoteConnectionId !== after.remoteConnectionId)
    return null;
  const candidates = [...(before.candidates ?? []), ...(after.candidates ?? [])];
  const isOneGeneration = new Set(candidates.map(fragmentOf)).size === 1;
  return isOneGeneration && candidates.length <= MAX_CANDIDATES_PER_MESSAGE
    ? { ...earlier, signal: { ...before, candidates } }
    : null;
}

/**
 * Nobody needs the earlier one any more: it is of a connection that was replaced, an offer that was made anew, or candidates of
 * before an ICE restart. To be asked of messages that were not sent yet.
 */
export function isObsolete({ to, signal: before }: Pending, later: Pending): boolean {
  const { signal: after } = later;
  if (to !== later.to || before.videoRequests || !after.description) return false;
  if (before.connectionId !== after.connectionId) return true;
  if (before.description) return before.description.type === 'offer' && after.description.type === 'offer';
  const { sdp } = after.description;
  const isStale = (candidate: Candidate): boolean => {
    const fragment = fragmentOf(candidate);
    return fragment !== null && !sdp.includes(`a=ice-ufrag:${fragment}`);
  };
  return before.candidates?.every(isStale) === true;
}

function isCandidatesOnly({ description, videoRequests: wants, candidates }: SignalRequest['signal']): boolean {
  return description === undefined && wants === undefined && candidates !== undefined;
}

function fragmentOf({ usernameFragment }: Candidate): string | null {
  return usernameFragment ?? null;
}
