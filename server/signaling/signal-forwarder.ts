/**
 * Passes a step of a negotiation from one participant to another of the same room: checked,
 * stamped with its sender, once. It has no way to reach anybody else.
 */
import { MAX_CANDIDATES_PER_GENERATION } from '../protocol/limits.js';
import type { Mids, Signal, SignalRequest, VideoRequest, VideoRequests } from '../protocol/schemas.js';
import { isAcceptableCandidate, type CandidateRules } from './candidates.js';
import { checkedSdp } from './descriptions.js';
import type { RateKind } from '../limits.js';
import { Refusal } from './refusal.js';
import type { Rates } from './rates.js';
import type { CandidateCount, ParticipantSession } from './participant-session.js';

export type Cost = readonly [kind: RateKind, points: number];

export class SignalForwarder {
  readonly #sessions: ReadonlyMap<string, ParticipantSession>;
  readonly #rules: CandidateRules;
  readonly #rates: Pick<Rates, 'owe'>;

  constructor(sessions: ReadonlyMap<string, ParticipantSession>, rules: CandidateRules, rates: Pick<Rates, 'owe'>) {
    this.#sessions = sessions;
    this.#rules = rules;
    this.#rates = rates;
  }

  /**
   * What a signal costs its sender. An answer and its candidates cost nothing: whoever offered made its sender say them, and
   * pays. Otherwise a few offers would use up somebody else's allowance.
   */
  costOf(from: ParticipantSession | undefined, { to, signal }: SignalRequest): readonly Cost[] {
    const recipient = this.#sessions.get(to);
    if (from === undefined || recipient === undefined) return signalCost(signal);
    if (signal.videoRequests !== undefined) return signalCost(signal);
    const { description } = signal;
    const isFree =
      description === undefined
        ? continues(from.candidates.get(to), signal)?.answers === true
        : description.type === 'answer' && isAwaited(from, recipient, signal);
    return isFree ? [] : signalCost(signal);
  }

  forward(from: ParticipantSession, { id, to, signal }: SignalRequest): void {
    if (from.hasSeen(id)) return;
    const recipient = this.#sessions.get(to);
    // One answer for nobody, somebody elsewhere and oneself: asking tells nothing about other rooms.
    if (recipient === undefined || recipient.room !== from.room || recipient === from) throw new Refusal('PEER_NOT_FOUND');
    const checked = this.check(signal);
    const { connectionId: link, round, description } = checked;
    if (description?.type === 'answer') this.#checkAnswer(from, recipient, checked);
    const candidates = this.#countCandidates(from, recipient, checked);
    recipient.deliver({ from: from.participantId, signal: checked });
    from.remember(id);
    if (candidates !== undefined) from.candidates.set(recipient.participantId, candidates);
    if (candidates?.answers === true && signal.candidates !== undefined)
      this.#rates.owe('candidates', recipient.participantId, signal.candidates.length);
    if (description?.type === 'offer') from.pendingOffers.set(recipient.participantId, { connectionId: link, round });
    if (description?.type === 'answer') recipient.pendingOffers.delete(from.participantId);
  }

  /**
   * What may be passed on. The schema is strict, so a signal holds nothing but what it names, and goes on as it is;
   * except for objects that may be empty, because bytes would fit there, and for the text of a description.
   */
  check(signal: Signal): Signal {
    const { description, mids, candidates, videoRequests } = signal;
    if (description === undefined && candidates === undefined && videoRequests === undefined) throw new Refusal('BAD_PAYLOAD');
    if (candidates?.some(({ candidate }) => !isAcceptableCandidate(candidate, this.#rules)))
      throw new Refusal('CANDIDATE_REJECTED');
    if (description === undefined && mids === undefined && videoRequests === undefined) return signal;
    return {
      ...signal,
      ...(description === undefined
        ? {}
        : { description: { type: description.type, sdp: checkedSdp(description.sdp, this.#rules) } }),
      ...(mids === undefined ? {} : { mids: rebuiltMids(mids) }),
      ...(videoRequests === undefined ? {} : { videoRequests: rebuiltVideoRequests(videoRequests) }),
    };
  }

  /** An answer nobody waits for can only confuse: it must name the connection and the round it answers. */
  #checkAnswer(from: ParticipantSession, recipient: ParticipantSession, answer: Signal): void {
    if (!isAwaited(from, recipient, answer)) throw new Refusal('STATE_CONFLICT');
  }

  #countCandidates(from: ParticipantSession, to: ParticipantSession, signal: Signal): CandidateCount | undefined {
    const { candidates, connectionId: link, description } = signal;
    // A description begins anew: it may belong to an ICE restart.
    if (candidates === undefined)
      return description && { connectionId: link, fragment: undefined, count: 0, answers: description.type === 'answer' };
    const before = description === undefined ? continues(from.candidates.get(to.participantId), signal) : undefined;
    const count = (before?.count ?? 0) + candidates.length;
    if (count > MAX_CANDIDATES_PER_GENERATION) throw new Refusal('CANDIDATE_REJECTED');
    return {
      connectionId: link,
      fragment: fragmentOf(candidates),
      count,
      answers: description ? description.type === 'answer' : before?.answers === true,
    };
  }
}

/** What a signal costs where nobody asked for it. In debt for answers, nobody offers again. */
export function signalCost({ candidates, description, videoRequests }: Signal): readonly Cost[] {
  const cost: Cost[] = [];
  if (description !== undefined) cost.push(['description', 1]);
  if (videoRequests !== undefined) cost.push(['video-requests', 1]);
  const points = candidates?.length ?? (description?.type === 'offer' ? 1 : 0);
  if (points > 0) cost.push(['candidates', points]);
  return cost;
}

function fragmentOf(candidates: Signal['candidates']): string {
  return candidates?.find(({ usernameFragment }) => typeof usernameFragment === 'string')?.usernameFragment ?? '';
}

/** The count these candidates are part of: of the same connection, and the same fragment once that is known. */
function continues(before: CandidateCount | undefined, { connectionId: link, candidates }: Signal): CandidateCount | undefined {
  if (before?.connectionId !== link || candidates === undefined) return undefined;
  return before.fragment === undefined || before.fragment === fragmentOf(candidates) ? before : undefined;
}

/** It names the connection and the round of an offer that waits for it. */
function isAwaited(
  from: ParticipantSession,
  recipient: ParticipantSession,
  { remoteConnectionId: peer, round }: Signal,
): boolean {
  const offer = recipient.pendingOffers.get(from.participantId);
  return offer !== undefined && offer.connectionId === peer && offer.round === round;
}

function rebuiltVideoRequests({ camera, screen }: VideoRequests): VideoRequests {
  return {
    ...(camera === undefined ? {} : { camera: rebuiltVideoRequest(camera) }),
    ...(screen === undefined ? {} : { screen: rebuiltVideoRequest(screen) }),
  };
}

function rebuiltVideoRequest({ width, height, rate }: VideoRequest): VideoRequest {
  return { width, height, rate };
}

export function rebuiltMids({ microphone, camera, screen, screenAudio }: Mids): Mids {
  return {
    ...(microphone === undefined ? {} : { microphone }),
    ...(camera === undefined ? {} : { camera }),
    ...(screen === undefined ? {} : { screen }),
    ...(screenAudio === undefined ? {} : { screenAudio }),
  };
}
