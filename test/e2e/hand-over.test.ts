/**
 * A switch of transports in a running call, without an SFU: from a mesh to a fresh mesh. Nobody may notice: no picture begins anew or goes back,
 * no voice stays silent or is heard twice, no message is lost or comes twice. And when one pair does not come, nothing has happened.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SwitchesTransports } from '../../components/core/simulation.js';
import type { Person } from '../support/person.js';
import { Scene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = new Scene();

interface Watched {
  readonly events: string[];
  readonly backwards: string[];
  readonly streams: readonly (MediaProvider | null)[];
  readonly messages: string[];
  sent: number;
}

type Room = HTMLElement & {
  readonly call: SwitchesTransports;
  readonly participants: readonly { readonly id: string; readonly displayName: string }[];
  sendAppMessage(data: unknown): Promise<void>;
};

/** From now on: what becomes of every picture, and a message to all every 40 ms. */
function watch(person: Person): Promise<void> {
  return person.page.evaluate(() => {
    const room = document.querySelector<Room>('webrtc-room')!;
    const tiles = [...room.shadowRoot!.querySelector('webrtc-stage')!.shadowRoot!.querySelectorAll('webrtc-video-tile')];
    const videos = tiles.map((tile) => tile.shadowRoot!.querySelector('video')!);
    const watched: Watched = {
      events: [],
      backwards: [],
      streams: videos.map(({ srcObject }) => srcObject),
      messages: [],
      sent: 0,
    };
    Object.assign(window, { watched, watchedVideos: videos });
    for (const [index, video] of videos.entries()) {
      for (const type of ['emptied', 'ended', 'pause', 'error', 'loadstart'])
        video.addEventListener(type, () => watched.events.push(`${tiles[index]!.displayName} ${type}`));
      let last = video.currentTime;
      // Methods: the page knows nothing of what the test's compiler adds to named functions.
      const watcher = {
        look(): void {
          if (video.currentTime < last) watched.backwards.push(`${tiles[index]!.displayName} ${last} ${video.currentTime}`);
          last = video.currentTime;
          video.requestVideoFrameCallback(() => watcher.look());
        },
      };
      watcher.look();
    }
    room.addEventListener('app-message', (event) => {
      const { from, data } = (event as CustomEvent<{ from: string; data: number }>).detail;
      watched.messages.push(`${from} ${data}`);
    });
    const timer = setInterval(() => void room.sendAppMessage((watched.sent += 1)).catch(() => undefined), 40);
    Object.assign(window, { stopTalking: () => clearInterval(timer) });
  });
}

/** Ready to take over: resolves to `ready`, or to the code of why not. */
function prepare(person: Person, epoch: number): Promise<string> {
  return person.page.evaluate(
    (number) =>
      document
        .querySelector<Room>('webrtc-room')!
        .call[Symbol.for('webrtc-elements.transports') as keyof SwitchesTransports]!.prepare('mesh', number)
        .then(
          () => 'ready',
          (error: { readonly code: string }) => error.code,
        ),
    epoch,
  );
}

function commit(person: Person, epoch: number): Promise<void> {
  return person.page.evaluate(
    (number) =>
      document
        .querySelector<Room>('webrtc-room')!
        .call[Symbol.for('webrtc-elements.transports') as keyof SwitchesTransports]!.commit(number),
    epoch,
  );
}

async function unnoticed(people: readonly Person[]): Promise<void> {
  const ids = await Promise.all(people.map(async (person) => (await person.state()).id));
  for (const person of people) await person.page.evaluate(() => (window as unknown as { stopTalking(): void }).stopTalking());
  const sent = await Promise.all(
    people.map((person) => person.page.evaluate(() => (window as unknown as { watched: Watched }).watched.sent)),
  );
  for (const [index, person] of people.entries()) {
    const others = ids.flatMap((id, at) => (at === index ? [] : [{ id: id ?? '', sent: sent[at] ?? 0 }]));
    await until('every message', async () => {
      const count = await person.page.evaluate(() => (window as unknown as { watched: Watched }).watched.messages.length);
      return count >= others.reduce((sum, other) => sum + other.sent, 0);
    });
    const seen = await person.page.evaluate(() => {
      const { watched, watchedVideos } = window as unknown as { watched: Watched; watchedVideos: HTMLVideoElement[] };
      return {
        events: watched.events,
        backwards: watched.backwards,
        messages: watched.messages,
        same: watchedVideos.every(({ srcObject }, at) => srcObject === watched.streams[at]),
      };
    });
    assert.deepEqual(seen.events, [], 'what happened to a picture');
    assert.deepEqual(seen.backwards, [], 'pictures that went back in time');
    assert.ok(seen.same, 'a picture has another stream than before');
    for (const other of others)
      assert.deepEqual(
        seen.messages.filter((message) => message.startsWith(other.id)),
        Array.from({ length: other.sent }, (_, number) => `${other.id} ${number + 1}`),
        'messages of one participant',
      );
  }
}

/** Each voice once: one element plays, and it plays the one track that its stream has. */
async function eachVoiceOnce(person: Person, others: number): Promise<void> {
  const voices = await person.page.evaluate(() => {
    const room = document.querySelector<Room>('webrtc-room')!;
    const tiles = [...room.shadowRoot!.querySelector('webrtc-stage')!.shadowRoot!.querySelectorAll('webrtc-video-tile')];
    return tiles
      .filter(({ local }) => !local)
      .map((tile) => {
        const audio = tile.shadowRoot!.querySelector('audio')!;
        const played = (audio.srcObject as MediaStream).getTracks();
        const there = tile.stream?.getAudioTracks() ?? [];
        return {
          playing: !audio.paused && !audio.muted && audio.volume === 1,
          tracks: played.length,
          live: played.every(({ readyState, muted }) => readyState === 'live' && !muted),
          same: played.length === there.length && played.every((track) => there.includes(track)),
        };
      });
  });
  assert.deepEqual(
    voices,
    Array.from({ length: others }, () => ({ playing: true, tracks: 1, live: true, same: true })),
  );
}

async function fourInACall(timings: { readonly switchMs: number; readonly lingerMs: number }): Promise<Person[]> {
  const room = scene.room(await scene.server());
  const people: Person[] = [];
  for (const [name, engine] of [
    ['Ana', 'chromium'],
    ['Ben', 'firefox'],
    ['Cleo', 'chromium'],
    ['Dora', 'firefox'],
  ] as const) {
    const person = await scene.join(room, { name, engine, timings: { media: timings } });
    // Twelve pictures on one machine, twice over while there are two meshes.
    await person.page.evaluate(() => document.querySelector('webrtc-room')?.setAttribute('resolution', '160x90'));
    people.push(person);
  }
  for (const person of people) await person.untilWith(3, 60_000);
  for (const person of people) await person.hearsAndSees(3, 60_000);
  return people;
}

describe('a hand-over from a mesh to a fresh mesh, in a call of four in two browsers', () => {
  it('is noticed by nobody: not in the picture, not in the sound, not in a message', async () => {
    const people = await fourInACall({ switchMs: 60_000, lingerMs: 2_000 });
    for (const person of people) await watch(person);
    assert.deepEqual(await Promise.all(people.map((person) => prepare(person, 1))), ['ready', 'ready', 'ready', 'ready']);
    await Promise.all(people.map((person) => commit(person, 1)));
    for (const person of people) await until('the old mesh to be gone', async () => (await person.openConnections()) === 3);
    for (const person of people) await person.hearsAndSees(3, 60_000);
    for (const person of people) await eachVoiceOnce(person, 3);
    await unnoticed(people);
  });

  it('is given up when one pair does not come, and the call goes on as it was', async () => {
    const people = await fourInACall({ switchMs: 4_000, lingerMs: 2_000 });
    for (const person of people) await watch(person);
    // Dora cannot follow, so the others get nothing of her.
    const [ana, ben, cleo] = people as [Person, Person, Person];
    assert.deepEqual(await Promise.all([ana, ben, cleo].map((person) => prepare(person, 1))), ['TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
    for (const person of people) await until('the new mesh to be gone', async () => (await person.openConnections()) === 3);
    for (const person of people) await person.hearsAndSees(3, 60_000);
    for (const person of people) await eachVoiceOnce(person, 3);
    await unnoticed(people);
  });
});
