/**
 * The two calls that are compared, with the same camera and the same people: one sends, the others look. Each has a
 * browser for the sender alone, whose processor time counts, and one for all the others.
 */
import type { Page } from 'puppeteer-core';
import type { WebrtcRoom } from '../../components/index.js';
import { until } from '../../test/support/until.js';

export interface Camera {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** In every page before anything else: one size of camera, and every connection can be asked. */
export function preparePage(camera: Camera): void {
  const page = window as unknown as { connections: RTCPeerConnection[] };
  page.connections = [];
  const Real = RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(config?: RTCConfiguration) {
      super(config);
      page.connections.push(this);
    }
  };
  const media = navigator.mediaDevices;
  if (!media) return;
  const open = media.getUserMedia.bind(media);
  media.getUserMedia = (wanted) => open(wanted?.video ? { ...wanted, video: camera } : wanted);
}

/** Six people in a grid, and the first of those who look has pinned the sender. Each room is as large as the page. */
export async function ours(sender: Page, others: Page, url: string, receivers: number): Promise<void> {
  const page = `${url}/`;
  const enter = async (where: Page, people: number, video: 'on' | 'off'): Promise<void> => {
    await where.goto(page);
    await where.evaluate(
      async ({ people, video, name }) => {
        await import(`${location.origin}/webrtc-elements.js`);
        document.body.replaceChildren();
        for (let index = 0; index < people; index += 1) {
          const room = document.createElement('webrtc-room');
          const set = {
            room: name,
            audio: 'off',
            video,
            autojoin: '',
            'display-name': `${video}${index}`,
            'persist-user-choices': 'off',
          };
          for (const [key, value] of Object.entries(set)) room.setAttribute(key, value);
          // One above the other: all of them are in view, as on screens of their own.
          for (const [key, value] of Object.entries({ position: 'fixed', inset: '0', width: '100vw', height: '100vh' }))
            room.style.setProperty(key, value);
          document.body.append(room);
        }
      },
      { people, video, name: `bench-${receivers}` },
    );
  };
  await enter(sender, 1, 'on');
  await enter(others, receivers, 'off');
  await until(
    'everybody to see the sender',
    () =>
      others.evaluate((count) => {
        const rooms = [...document.querySelectorAll<WebrtcRoom>('webrtc-room')];
        return rooms.every(
          ({ participants }) => participants.length === count && participants.every(({ link }) => link === 'connected'),
        );
      }, receivers),
    60_000,
  );
  await others.evaluate(() => {
    const room = document.querySelector<WebrtcRoom>('webrtc-room');
    room?.pinParticipant(room.participants.find(({ media }) => media.camera)?.id ?? null);
  });
}

/** A mesh as everybody writes it: the same tracks on every connection, and nothing said about what is shown. */
export async function plain(sender: Page, others: Page, url: string, receivers: number): Promise<void> {
  for (const page of [sender, others]) {
    await page.goto(`${url}/`);
    await page.evaluate(() => document.body.replaceChildren());
  }
  await sender.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const preview = document.createElement('video');
    preview.srcObject = stream;
    document.body.append(preview);
    await preview.play();
    Object.assign(window, { stream });
  });
  for (let index = 0; index < receivers; index += 1) {
    const offer = await sender.evaluate(async () => {
      const pc = new RTCPeerConnection();
      const { stream } = window as unknown as { stream: MediaStream };
      for (const track of stream.getTracks()) pc.addTrack(track, stream);
      // Everybody could be heard, as in ours; all microphones are off.
      pc.addTransceiver('audio');
      pc.addEventListener('track', ({ track }) => {
        const player = new Audio();
        player.srcObject = new MediaStream([track]);
        void player.play();
      });
      await pc.setLocalDescription();
      while (pc.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
      return pc.localDescription?.sdp ?? '';
    });
    const answer = await others.evaluate(
      async ({ offer, large }) => {
        const pc = new RTCPeerConnection();
        const video = document.createElement('video');
        video.muted = true;
        video.style.setProperty('width', large ? '960px' : '300px');
        document.body.append(video);
        pc.addEventListener('track', ({ track, streams: [stream] }) => {
          if (track.kind !== 'video') return;
          video.srcObject = stream ?? null;
          void video.play();
        });
        await pc.setRemoteDescription({ type: 'offer', sdp: offer });
        for (const transceiver of pc.getTransceivers())
          if (transceiver.receiver.track.kind === 'audio') transceiver.direction = 'sendrecv';
        await pc.setLocalDescription();
        while (pc.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
        return pc.localDescription?.sdp ?? '';
      },
      { offer, large: index === 0 },
    );
    await sender.evaluate(async (sdp) => {
      const { connections } = window as unknown as { connections: RTCPeerConnection[] };
      await connections.at(-1)?.setRemoteDescription({ type: 'answer', sdp });
    }, answer);
  }
}
