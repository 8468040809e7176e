/**
 * Passes a step of a negotiation from one participant to another of the same room: checked,
 * stamped with its sender, once. It has no way to reach anybody else.
 */
import { MAX_CANDIDATES_PER_GENERATION } from '../protocol/limits.js';
import type { Mids, Signal, SignalRequest, VideoRequest, VideoRequests } from '../protocol/schemas.js';
import { isAcceptableCandidate, type CandidateRules } from './candidates.js';
import { checkedSdp } from './descriptions.js';
import { Refusal } from './refusal.js';
import type { CandidateCount, ParticipantSession } from './participant-session.js';

export class SignalForwarder {
  readonly #sessions: ReadonlyMap<string, ParticipantSession>;
  readonly #rules: CandidateRules;

  constructor(sessions: ReadonlyMap<string, ParticipantSession>, rules: CandidateRules) {
    this.#sessions = sessions;
    this.#rules = rules;
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
    const offer = recipient.pendingOffers.get(from.participantId);
    if (offer === undefined || offer.connectionId !== answer.remoteConnectionId || offer.round !== answer.round)
      throw new Refusal('STATE_CONFLICT');
  }

  #countCandidates(
    from: ParticipantSession,
    to: ParticipantSession,
    { candidates, connectionId: link, description }: Signal,
  ): CandidateCount | undefined {
    // A description begins anew: it may belong to an ICE restart.
    if (candidates === undefined)
      return description === undefined ? undefined : { connectionId: link, fragment: undefined, count: 0 };
    const fragment = candidates.find(({ usernameFragment }) => typeof usernameFragment === 'string')?.usernameFragment ?? '';
    const before = from.candidates.get(to.participantId);
    const goesOn = description === undefined && before?.connectionId === link && before.fragment === fragment;
    const count = (goesOn ? before.count : 0) + candidates.length;
    if (count > MAX_CANDIDATES_PER_GENERATION) throw new Refusal('CANDIDATE_REJECTED');
    return { connectionId: link, fragment, count };
  }
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
