import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import type { Participant } from '../../components/core/participant.js';
import { participantInfo } from '../../components/testing/fake-signaling.js';
import { closeCalls, setUp } from '../support/fake-session.js';

afterEach(closeCalls);

const code = (expected: string) => (error: unknown) => error instanceof CallError && error.code === expected;

describe('joining', () => {
  it('opens no line and no device before it is asked to', () => {
    const { call, signalings, media } = setUp();
    assert.equal(signalings.length, 0);
    assert.equal(media.track('camera'), null);
    assert.equal(call.state.get().meeting, 'new');
  });

  it('looks at the door with its token, and announces nobody', async () => {
    const { call, signaling } = setUp({ token: 'signed' });
    await call.prepare();
    assert.deepEqual(signaling.prepared, [{ protocol: 2, room: 'standup', token: 'signed' }]);
    assert.deepEqual([signaling.joins.length, call.state.get().meeting, call.state.get().occupancy?.participants], [0, 'new', 0]);
  });

  it('takes the seat, connects to everybody inside and sends what is on', async () => {
    const { call, signaling, transports } = setUp();
    signaling.others = [participantInfo('ben', 1)];
    await call.join();
    assert.equal(call.state.get().meeting, 'joined');
    assert.deepEqual(
      transports[0]?.roster.map(({ id }) => id),
      ['ben'],
    );
    assert.deepEqual([...(transports[0]?.published.keys() ?? [])], ['microphone', 'camera']);
  });

  it('loses nothing that is told before the transport is there', async () => {
    let arrive = (): void => undefined;
    const { call, signaling, transports } = setUp({}, { loadTransport: () => new Promise((resolve) => (arrive = resolve)) });
    const joining = call.join();
    await new Promise(setImmediate);
    signaling.say({ type: 'fact', fact: { type: 'participant-joined', participant: participantInfo('ben', 2) } });
    arrive();
    await joining;
    assert.deepEqual(
      call.state.get().participants.map(({ id }) => id),
      ['ben'],
    );
    assert.equal(transports[0]?.roster.length, 1);
  });

  it('takes what its line brings when that is faster than the transport: who came meanwhile is there', async () => {
    let arrive = (): void => undefined;
    const { call, signaling, transports } = setUp({}, { loadTransport: () => new Promise((resolve) => (arrive = resolve)) });
    const joining = call.join();
    await new Promise(setImmediate);
    const roster = { version: 2, participants: [participantInfo('ben', 2)] };
    signaling.say({ type: 'resumed', reply: signaling.reply({ roster, resumed: true }), restarted: false });
    arrive();
    await joining;
    assert.deepEqual(
      [call.state.get().participants.length, transports.length, transports[0]?.roster.map(({ id }) => id)],
      [1, 1, ['ben']],
    );
  });

  it('hands what the answer says of negotiation to the transport, unread', async () => {
    const negotiation = { ice: { iceServers: [] }, answered: [{ from: 'cleo', connectionId: 'l'.repeat(22) }] };
    const { call, signaling, transports } = setUp();
    signaling.others = [participantInfo('ben', 1), participantInfo('cleo', 2)];
    signaling.more = { negotiation };
    await call.join();
    assert.equal(transports[0]?.context.negotiation, negotiation);
    assert.equal(transports[0].context.signaling, signaling);
    assert.deepEqual(
      transports[0].roster.map(({ id }) => id),
      ['ben', 'cleo'],
    );
  });

  it('is one join however often it is asked for, also by a page that mounts twice', async () => {
    const { call, signaling } = setUp();
    await Promise.all([call.join(), call.join(), call.join()]);
    await call.join();
    assert.equal(signaling.joins.length, 1);
  });

  it('joins without the devices that cannot be had, and tells which', async () => {
    const { call, media } = setUp();
    media.failures.set('camera', {
      kind: 'camera',
      reason: 'in-use',
      blockedBy: 'system',
      error: new CallError('DEVICE_IN_USE'),
    });
    await call.join();
    const { meeting, local } = call.state.get();
    assert.deepEqual(
      [meeting, local.microphone.status, local.camera.status, local.camera.error?.reason],
      ['joined', 'on', 'off', 'in-use'],
    );
  });

  it('respects audio and video of the options, and what the visitor chose before', async () => {
    const { call, media } = setUp({ video: false });
    await call.setMicrophone(false);
    await call.join();
    assert.deepEqual([media.track('microphone'), media.track('camera')], [null, null]);
  });

  it('can be left while it is under way: the late answer changes nothing', async () => {
    const { call, signaling, transports } = setUp();
    let answer = (): void => undefined;
    signaling.joinAnswer = () => new Promise((resolve) => (answer = resolve));
    const joining = call.join();
    const leaving = call.leave();
    answer();
    await assert.rejects(joining, code('ABORTED'));
    await leaving;
    assert.deepEqual([call.state.get().meeting, signaling.left, transports.length], ['left', true, 0]);
  });

  it('ends as left, with the reason, when the room is full, over, or the door is closed', async () => {
    for (const [error, reason] of [
      ['ROOM_FULL', 'full'],
      ['ROOM_ENDED', 'ended'],
      ['ROOM_LOCKED', 'denied'],
      ['FORBIDDEN', 'denied'],
      ['UNAUTHENTICATED', 'denied'],
    ] as const) {
      const { call, signaling, media } = setUp();
      signaling.joinAnswer = () => Promise.reject(new CallError(error));
      await assert.rejects(call.join(), code(error));
      assert.deepEqual([call.state.get().meeting, call.state.get().leftReason, media.track('camera')], ['left', reason, null]);
    }
  });

  it('ends in an error that another try can overcome when the server is not there', async () => {
    const { call, signaling, signalings } = setUp();
    signaling.joinAnswer = () => Promise.reject(new CallError('SIGNAL_UNREACHABLE'));
    await assert.rejects(call.join(), code('SIGNAL_UNREACHABLE'));
    assert.deepEqual([call.state.get().meeting, call.state.get().error?.code], ['error', 'SIGNAL_UNREACHABLE']);
    await call.join();
    assert.deepEqual([call.state.get().meeting, call.state.get().error, signalings.length], ['joined', null, 2]);
  });

  it('needs a room', async () => {
    const { call } = setUp({ room: '' });
    await assert.rejects(call.join(), code('NO_ROOM'));
    assert.equal(call.state.get().meeting, 'error');
  });
});

describe('during the call', () => {
  it('tells the server what is on whenever that changes, and nothing when it does not', async () => {
    const { call, signaling } = setUp();
    await call.join();
    await call.setMicrophone(false);
    await call.setMicrophone(false);
    await call.setCamera(false);
    await new Promise(setImmediate);
    const told = signaling.updates.map(({ media }) => [media?.microphone, media?.camera]);
    assert.deepEqual(told.at(-1), [false, false]);
    assert.ok(told.length <= 3, `${told.length} updates`);
  });

  it('shares a screen only in a call, and stops sending it when the browser ended it', async () => {
    const { call, media, transports } = setUp();
    await assert.rejects(call.setScreenshare(true), code('NOT_JOINED'));
    await call.join();
    await call.setScreenshare(true);
    assert.ok(transports[0]?.published.has('screen'));
    media.turn('screen', false);
    assert.ok(!transports[0]?.published.has('screen'));
    assert.equal(call.state.get().local.screen.status, 'off');
  });

  it('follows the roster of the server', async () => {
    const { call, signaling, transports } = setUp();
    await call.join();
    signaling.say({ type: 'fact', fact: { type: 'participant-joined', participant: participantInfo('ben', 2) } });
    assert.deepEqual(
      transports[0]?.roster.map(({ id }) => id),
      ['ben'],
    );
    signaling.say({ type: 'fact', fact: { type: 'participant-left', participantId: 'ben', reason: 'left' } });
    assert.deepEqual(transports[0]?.roster, []);
  });

  it('tells the transport of nobody again for a microphone that is switched, only when nothing is to arrive any more', async () => {
    const { call, signaling, transports } = setUp();
    signaling.others = [participantInfo('ben', 1), participantInfo('cleo', 2)];
    await call.join();
    const update = (media: Partial<Participant['media']>): void => {
      const on = { microphone: true, camera: true, screen: false, screenAudio: false };
      const participant = participantInfo('ben', 1, { media: { ...on, ...media } });
      signaling.say({ type: 'fact', fact: { type: 'participant-updated', participant } });
    };
    const [transport] = transports;
    assert.equal(transport?.rosters, 1);
    update({ microphone: false });
    update({ microphone: true });
    update({ screen: true });
    assert.equal(transport?.rosters, 1, 'how often the transport was told who is here');
    update({ microphone: false, camera: false });
    assert.equal(transport?.rosters, 2);
    assert.deepEqual(
      transport.roster.map(({ id, sending }) => [id, sending]),
      [
        ['ben', false],
        ['cleo', true],
      ],
    );
  });

  it('tells who speaks when that changes, and who speaks has priority at the transport', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const { call, signaling, transports, facts } = setUp();
    signaling.others = [participantInfo('ben', 1), participantInfo('cleo', 2)];
    await call.join();
    const [transport] = transports;
    assert.ok(transport);
    transport.loudness = new Map([
      ['ben', 0.4],
      ['cleo', 0],
    ]);
    t.mock.timers.tick(2_000);
    assert.equal(call.state.get().activeSpeaker, 'ben');
    assert.equal(transport.prioritized, 'ben');
    assert.equal(facts.filter(({ type }) => type === 'active-speaker-changed').length, 1, 'how often it was told');
  });

  it('keeps the transport when the signaling comes back with the seat, and makes a new one when the seat is gone', async () => {
    const { call, signaling, transports } = setUp();
    await call.join();
    signaling.say({ type: 'resumed', reply: signaling.reply({ resumed: true }), restarted: false });
    assert.equal(transports.length, 1);
    signaling.say({ type: 'rejoined', reply: signaling.reply({ self: participantInfo('me-again', 5) }) });
    assert.equal(transports.length, 2);
    assert.ok(transports[0]?.calls.includes('close'));
    assert.deepEqual([...(transports[1]?.published.keys() ?? [])], ['microphone', 'camera']);
  });

  it('keeps everybody when a restarted server does not know them yet, and lets those go who never come back', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { call, signaling, transports, types } = setUp();
    signaling.others = [participantInfo('ben', 1), participantInfo('cleo', 2)];
    await call.join();
    signaling.others = [];
    signaling.say({ type: 'resumed', reply: signaling.reply({ resumed: true, serverInstanceId: 'second' }), restarted: true });
    const seen = (): string[] => call.state.get().participants.map(({ id, presence }) => `${id} ${presence}`);
    assert.deepEqual(seen(), ['ben present', 'cleo present']);
    assert.equal(transports[0]?.roster.length, 2);
    signaling.say({ type: 'fact', fact: { type: 'participant-joined', participant: participantInfo('ben', 1) } });
    t.mock.timers.tick(30_000);
    assert.deepEqual(seen(), ['ben present']);
    assert.deepEqual(
      [transports.length, transports[0]?.roster.length, types().filter((type) => type === 'participant-left').length],
      [1, 1, 1],
    );
  });

  it('switches off what a host asks it to', async () => {
    const { call, signaling, media } = setUp();
    await call.join();
    signaling.say({ type: 'mute-requested', sources: ['microphone', 'camera'] });
    assert.deepEqual([media.track('microphone'), media.track('camera')], [null, null]);
    const { microphone, camera } = call.state.get().local;
    assert.deepEqual([microphone.status, camera.status], ['off', 'off']);
  });

  it('remembers its seat when the page goes away, and asks for it when it is back', async () => {
    const { call, signaling, page, seats } = setUp();
    await call.join();
    page().hidden();
    assert.ok(signaling.suspended && seats.has('standup'));
    page().restored();
    assert.ok(!signaling.suspended);
    await call.leave();
    await call.join();
    assert.equal(seats.size, 0);
  });

  it('hands a change of network and of ICE settings to the transport, without rebuilding anything', async () => {
    const { call, signaling, transports, page } = setUp();
    await call.join();
    page().networkChanged();
    assert.equal(signaling.checks, 1);
    call.configure({ iceTransportPolicy: 'relay' });
    assert.equal(transports.length, 1);
    assert.deepEqual(transports[0]?.calls, ['connect', 'networkChanged', 'reconfigured']);
    assert.equal(transports[0]?.context.iceTransportPolicy(), 'relay');
  });

  it('changes its name in place', async () => {
    const { call, signaling, signalings } = setUp();
    await call.join();
    call.configure({ displayName: 'Anna' });
    await new Promise(setImmediate);
    assert.deepEqual(signaling.updates.at(-1)?.displayName, 'Anna');
    assert.deepEqual([signalings.length, call.state.get().local.displayName], [1, 'Anna']);
  });

  it('moves to another room with the devices as they were', async () => {
    const { call, signalings, media } = setUp();
    await call.join();
    await call.setCamera(false);
    const inside = new Promise<void>((resolve) => call.onFact(({ type }) => type === 'joined' && resolve()));
    call.configure({ room: 'retro' });
    await inside;
    assert.deepEqual([signalings[0]?.left, signalings[1]?.joins[0]?.room, call.state.get().meeting], [true, 'retro', 'joined']);
    assert.equal(media.track('camera'), null);
    assert.ok(media.track('microphone'));
  });

  it('leaves once, closes everything, and can join again', async () => {
    const { call, signaling, signalings, transports, media, types } = setUp();
    await call.join();
    await Promise.all([call.leave(), call.leave()]);
    assert.equal(types().filter((type) => type === 'left').length, 1);
    assert.ok(signaling.left && transports[0]?.calls.includes('close') && !media.track('camera'));
    await call.join();
    assert.deepEqual([call.state.get().meeting, signalings.length], ['joined', 2]);
  });

  it('ends with the reason when the server says goodbye', async () => {
    for (const reason of ['kicked', 'ended', 'duplicate'] as const) {
      const { call, signaling, media } = setUp();
      await call.join();
      signaling.say({ type: 'goodbye', goodbye: { code: 'FORBIDDEN', reason } });
      assert.deepEqual([call.state.get().meeting, call.state.get().leftReason], ['left', reason]);
      assert.equal(media.track('microphone'), null);
    }
  });
});

describe('a room that somebody has to open', () => {
  const waiting = () => {
    const all = setUp();
    let decide = (_error?: CallError): void => undefined;
    all.signaling.joinAnswer = () =>
      new Promise<void>((resolve, reject) => {
        decide = (error) => (error ? reject(error) : resolve());
        all.signaling.say({ type: 'fact', fact: { type: 'waiting-started' } });
      });
    return { ...all, decide: (error?: CallError) => decide(error) };
  };

  it('is waited for, and entered once it opens', async () => {
    const { call, decide } = waiting();
    const joining = call.join();
    assert.equal(call.state.get().meeting, 'waiting');
    decide();
    await joining;
    assert.equal(call.state.get().meeting, 'joined');
  });

  it('is left as denied when it stays shut', async () => {
    const { call, decide } = waiting();
    const joining = call.join();
    decide(new CallError('FORBIDDEN'));
    await assert.rejects(joining, code('FORBIDDEN'));
    assert.deepEqual([call.state.get().meeting, call.state.get().leftReason], ['left', 'denied']);
  });

  it('can be turned away from: back to the door, and nothing stays open', async () => {
    const { call, signaling, media } = waiting();
    const joining = call.join();
    await call.cancelKnock();
    await assert.rejects(Promise.race([joining, Promise.reject(new CallError('ABORTED'))]), code('ABORTED'));
    assert.deepEqual([call.state.get().meeting, signaling.left, media.track('camera')], ['prejoin', true, null]);
  });
});

describe('keeping order', () => {
  it('asks the server, which says what came of it', async () => {
    const { call, signaling } = setUp();
    await assert.rejects(call.lockRoom(true), code('NOT_JOINED'));
    await call.join();
    await call.muteParticipants([]);
    await call.muteParticipants(['ben']);
    await call.kickParticipant('ben');
    await call.lockRoom(true);
    await call.setWaitingRoom(true);
    await call.acceptWaitingParticipant('w');
    await call.rejectWaitingParticipant('w');
    await call.endMeeting();
    assert.deepEqual(
      signaling.moderated.map(({ event }) => event),
      ['mute-participants', 'kick', 'lock', 'waiting-room', 'admit', 'reject', 'end'],
    );
    assert.equal(call.state.get().settings.locked, false);
    signaling.say({ type: 'fact', fact: { type: 'room-updated', settings: { locked: true, waitingRoom: false } } });
    assert.equal(call.state.get().settings.locked, true);
  });

  it('knows who waits, from the answer and from what is told later', async () => {
    const { call, signaling } = setUp();
    await call.join();
    const ann = { waitingId: 'a', displayName: 'Ann' };
    signaling.say({ type: 'fact', fact: { type: 'waiting-participant-added', participant: ann } });
    signaling.say({ type: 'fact', fact: { type: 'waiting-participant-added', participant: ann } });
    assert.deepEqual(call.state.get().waiting, [ann]);
    signaling.say({ type: 'fact', fact: { type: 'waiting-participant-removed', waitingId: 'a' } });
    assert.deepEqual(call.state.get().waiting, []);
  });

  it('gives a viewer nothing to send', async () => {
    const { call, signaling, media } = setUp();
    const grants = { publish: [], subscribe: true, chat: true, moderate: false, record: false };
    const self = participantInfo('me', 1, { role: 'viewer' });
    const plain = signaling.reply.bind(signaling);
    signaling.reply = (more) => plain({ ...more, self, grants });
    await call.join();
    await new Promise(setImmediate);
    assert.deepEqual([call.state.get().local.grants.publish, media.track('microphone'), media.track('camera')], [[], null, null]);
  });
});

describe('sound that the browser refuses to play', () => {
  it('is one report for all players, and gone when all of them play', async () => {
    const { call } = setUp();
    let allowed = false;
    const retry = async (): Promise<void> => {
      if (!allowed) throw new DOMException('', 'NotAllowedError');
    };
    call.reportPlaybackBlocked(retry);
    const takeBack = call.reportPlaybackBlocked(retry);
    assert.equal(call.state.get().playbackBlocked, true);
    await call.startAudio();
    assert.equal(call.state.get().playbackBlocked, true);
    takeBack();
    allowed = true;
    await call.startAudio();
    assert.equal(call.state.get().playbackBlocked, false);
  });
});
