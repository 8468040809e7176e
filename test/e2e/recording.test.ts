/** A call is kept in a file: what is in it, how long it is, and that everybody knows. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { TO_DISK, TO_DOWNLOADS } from '../support/recorded-file.js';
import { Scene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = new Scene();

interface Facts {
  readonly name: string;
  readonly bytes: number;
  readonly duration: number;
  readonly width: number;
  readonly lit: number;
  readonly loud: number;
}

/** Plays the file in the page, as a visitor's player would. */
function facts(page: Page): Promise<Facts> {
  return page.evaluate(async () => {
    const { saved: name, made } = window as unknown as { saved: string; made?: Blob };
    const blob = made ?? (await (await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile());
    const video = document.createElement('video');
    video.src = URL.createObjectURL(blob);
    await new Promise((ready, failed) => {
      video.addEventListener('loadeddata', ready);
      video.addEventListener('error', () => failed(new Error(video.error?.message)));
    });
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 64, height: 36 });
    const context = canvas.getContext('2d');
    video.currentTime = video.duration / 2;
    await new Promise((done) => video.addEventListener('seeked', done));
    context?.drawImage(video, 0, 0, 64, 36);
    const pixels = context?.getImageData(0, 0, 64, 36).data ?? new Uint8ClampedArray();
    const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(await blob.arrayBuffer());
    const loud = sound.getChannelData(0).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return {
      name,
      bytes: blob.size,
      duration: video.duration,
      width: video.videoWidth,
      lit: pixels.filter((value, i) => i % 4 === 1 && value > 80).length,
      loud,
    };
  });
}

for (const [where, before] of [
  ['on disk while it grows', TO_DISK],
  ['among the downloads', TO_DOWNLOADS],
] as const) {
  it(`a call of two is recorded ${where}, with sound, picture and its true duration, and all are told`, async () => {
    const url = scene.room(await scene.server());
    const ana = await scene.join(url, { name: 'Ana', before });
    const ben = await scene.join(url, { name: 'Ben' });
    await Promise.all([ana.untilWith(1), ben.untilWith(1)]);

    await ana.page.bringToFront();
    await (await ana.page.waitForSelector('>>> [data-control=more]', { visible: true }))?.click();
    await (await ana.page.waitForSelector('>>> [data-item=record]', { visible: true }))?.click();
    const began = performance.now();
    for (const { page } of [ana, ben]) await page.waitForSelector('>>> .recording', { visible: true });
    const cleo = await scene.join(url, { name: 'Cleo' });
    const who = await cleo.page.waitForSelector('>>> .recording', { visible: true });
    assert.match(String(await who?.evaluate((badge) => (badge as HTMLElement).title)), /^Ana is recording/);
    await cleo.page.close();

    await until('three seconds of it', () => performance.now() - began > 3_000 || null);
    await ana.page.evaluate(() =>
      (document.querySelector('webrtc-room') as unknown as { stopRecording(): Promise<void> }).stopRecording(),
    );
    const seconds = (performance.now() - began) / 1000;
    await ben.page.waitForSelector('>>> .recording', { hidden: true });

    const file = await facts(ana.page);
    assert.match(file.name, /^[\w-]+ \d{4}-\d\d-\d\d \d\d\.\d\d\.(mp4|webm)$/);
    assert.ok(Math.abs(file.duration - seconds) < 1.5, `${file.duration} s for a recording of ${seconds} s`);
    assert.equal(file.width, 1280);
    assert.ok(file.lit > 200, `${file.lit} lit pixels`);
    assert.ok(file.loud > 0.01, `loudness ${file.loud}`);
  });
}
