/**
 * Picture-in-picture: a window of its own with the people and the most needed buttons, where the browser has that;
 * else the picture of whoever speaks. Its pictures are silent: what is heard is played by the tiles, as ever.
 */
import { render } from 'lit';
import type { PipKind } from '../shared/pip-support.js';
import { pipContent, pipFaces, type PipContext } from './pip-content.js';
import { pipStyles } from './pip.styles.js';

export interface PipSession {
  close(): void;
}

interface PipWindows {
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window & typeof globalThis>;
}

export function openPip(kind: PipKind, context: PipContext, closed: () => void): Promise<PipSession> {
  return kind === 'document' ? openWindow(context, closed) : openVideo(context, closed);
}

async function openWindow(context: PipContext, closed: () => void): Promise<PipSession> {
  const { documentPictureInPicture } = window as unknown as { readonly documentPictureInPicture: PipWindows };
  const pip = await documentPictureInPicture.requestWindow({ width: 400, height: 280 });
  const { document: page } = pip;
  const look = getComputedStyle(context.element);
  const root = page.documentElement;
  page.title = context.at().text.term('call', context.at().state.room);
  // The colours of the room, whoever set them.
  for (const name of ['bg', 'bg2', 'fg', 'accent-bg', 'danger', 'danger-fg', 'control-bg', 'control-fg', 'tile-bg'])
    root.style.setProperty(`--_${name}`, look.getPropertyValue(`--_${name}`));
  root.style.setProperty('color-scheme', look.colorScheme);
  root.style.setProperty('font-family', look.fontFamily);
  // Made by that window: a sheet of ours is not taken there, and a style element would need a policy's permission.
  const sheet = new pip.CSSStyleSheet();
  sheet.replaceSync(pipStyles.cssText);
  page.adoptedStyleSheets = [sheet];
  const draw = (): void => {
    const { text, state } = context.at();
    root.lang = text.lang();
    root.dir = text.dir();
    render(
      pipContent(context, () => pip.close()),
      page.body,
    );
    if (state.meeting !== 'joined') pip.close();
  };
  const stop = context.watch(draw);
  draw();
  pip.addEventListener('pagehide', () => {
    stop();
    render(null, page.body); // the streams are let go
    closed();
  });
  return { close: () => pip.close() };
}

async function openVideo(context: PipContext, closed: () => void): Promise<PipSession> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.autoplay = true;
  video.className = 'visually-hidden';
  video.setAttribute('aria-hidden', 'true');
  context.element.shadowRoot?.append(video);
  const draw = (): void => {
    const { state } = context.at();
    const stream = pipFaces(state).find((face) => face.stream)?.stream ?? null;
    if (stream && stream !== video.srcObject) video.srcObject = stream;
    if (state.meeting !== 'joined') close();
  };
  const stop = context.watch(draw);
  const end = (): void => {
    stop();
    video.srcObject = null;
    video.remove();
  };
  const close = (): void => {
    // The document would name the host of the shadow root instead.
    const { pictureInPictureElement } = video.getRootNode() as ShadowRoot;
    if (pictureInPictureElement === video) void document.exitPictureInPicture().catch(() => undefined);
  };
  try {
    draw();
    await video.play();
    await video.requestPictureInPicture();
  } catch (error) {
    end();
    throw error;
  }
  video.addEventListener('leavepictureinpicture', () => {
    end();
    closed();
  });
  return { close };
}
