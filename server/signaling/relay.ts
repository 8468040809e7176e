/**
 * Passes a step of a negotiation from one participant to another of the same room: checked, rebuilt
 * field by field, stamped with its sender, once. It has no way to reach anybody else.
 */
import { MAX_CANDIDATES_PER_GENERATION } from '../protocol/limits.js';
import type { Candidate, Mids, Signal, SignalRequest, Want, Wants } from '../protocol/schemas.js';
import { isAcceptableCandidate, type CandidateRules } from './candidates.js';
import { checkedSdp } from './descriptions.js';
import { Refusal } from './refusal.js';
import type { Seat } from './seat.js';

export class Relay {
  readonly #seats: ReadonlyMap<string, Seat>;
  readonly #rules: CandidateRules;

  constructor(seats: ReadonlyMap<string, Seat>, rules: CandidateRules) {
    this.#seats = seats;
    this.#rules = rules;
  }

  pass(from: Seat, { id, to, signal }: SignalRequest): void {
    if (from.hasSeen(id)) return;
    const recipient = this.#seats.get(to);
    // One answer for nobody, somebody elsewhere and oneself: asking tells nothing about other rooms.
    if (recipient === undefined || recipient.room !== from.room || recipient === from) throw new Refusal('PEER_NOT_FOUND');
    const rebuilt = this.#rebuild(signal);
    if (rebuilt.description?.type === 'answer') this.#checkAnswer(from, recipient, rebuilt);
    const candidates = this.#countCandidates(from, to, rebuilt);
    recipient.deliver({ from: from.participantId, signal: rebuilt });
    from.remember(id);
    if (candidates !== undefined) from.candidates.set(to, candidates);
    if (rebuilt.description?.type === 'offer') from.offers.set(to, { link: rebuilt.link, round: rebuilt.round });
    if (rebuilt.description?.type === 'answer') recipient.offers.delete(from.participantId);
  }

  #rebuild(signal: Signal): Signal {
    const { link, peer, round, offers, description, mids, candidates, restart, wants } = signal;
    if (description === undefined && candidates === undefined && restart === undefined && wants === undefined)
      throw new Refusal('BAD_PAYLOAD');
    if (candidates?.some(({ candidate }) => !isAcceptableCandidate(candidate, this.#rules)))
      throw new Refusal('CANDIDATE_REJECTED');
    return {
      link,
      ...(peer === undefined ? {} : { peer }),
      ...(round === undefined ? {} : { round }),
      ...(offers === undefined ? {} : { offers }),
      ...(description === undefined
        ? {}
        : { description: { type: description.type, sdp: checkedSdp(description.sdp, this.#rules) } }),
      ...(mids === undefined ? {} : { mids: rebuiltMids(mids) }),
      ...(candidates === undefined ? {} : { candidates: candidates.map(rebuiltCandidate) }),
      ...(restart === undefined ? {} : { restart }),
      ...(wants === undefined ? {} : { wants: rebuiltWants(wants) }),
    };
  }

  /** An answer nobody waits for can only confuse: it must name the connection and the round it answers. */
  #checkAnswer(from: Seat, recipient: Seat, answer: Signal): void {
    const offer = recipient.offers.get(from.participantId);
    if (offer === undefined || offer.link !== answer.peer || offer.round !== answer.round) throw new Refusal('STATE_CONFLICT');
  }

  #countCandidates(from: Seat, to: string, signal: Signal) {
    const { candidates, link, description } = signal;
    if (candidates === undefined) {
      // A description begins anew: it may belong to an ICE restart.
      return description === undefined ? undefined : { generation: link, count: 0 };
    }
    const fragment = candidates.find(({ usernameFragment }) => typeof usernameFragment === 'string')?.usernameFragment ?? '';
    const generation = `${link} ${fragment}`;
    const before = from.candidates.get(to);
    const count = (before?.generation === generation && description === undefined ? before.count : 0) + candidates.length;
    if (count > MAX_CANDIDATES_PER_GENERATION) throw new Refusal('CANDIDATE_REJECTED');
    return { generation, count };
  }
}

function rebuiltCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: Candidate): Candidate {
  return {
    candidate,
    ...(sdpMid === undefined ? {} : { sdpMid }),
    ...(sdpMLineIndex === undefined ? {} : { sdpMLineIndex }),
    ...(usernameFragment === undefined ? {} : { usernameFragment }),
  };
}

function rebuiltWants({ camera, screen }: Wants): Wants {
  return {
    ...(camera === undefined ? {} : { camera: rebuiltWant(camera) }),
    ...(screen === undefined ? {} : { screen: rebuiltWant(screen) }),
  };
}

function rebuiltWant({ width, height, rate }: Want): Want {
  return { width, height, rate };
}

function rebuiltMids({ microphone, camera, screen, screenAudio }: Mids): Mids {
  return {
    ...(microphone === undefined ? {} : { microphone }),
    ...(camera === undefined ? {} : { camera }),
    ...(screen === undefined ? {} : { screen }),
    ...(screenAudio === undefined ? {} : { screenAudio }),
  };
}
