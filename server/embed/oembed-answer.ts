/** What oEmbed says about the address of a room (https://oembed.com). Values in, values out; knows no HTTP. */
import { ROOM_ID_PATTERN } from '../protocol/limits.js';
import { escapeHtml } from '../templates.js';
import { frameHtml } from './frame.js';

const ADDRESS = new RegExp(`^/(?:r|embed)/(${ROOM_ID_PATTERN.slice(1, -1)})/?$`);
const WIDTH = 800;
const HEIGHT = 500;
const DAY_SECONDS = 86_400;

export interface RoomAddress {
  readonly origin: string;
  readonly room: string;
}

/** The room an address of this server leads to. The scheme is believed: a proxy may have ended the TLS. */
export function readRoomAddress(url: string, host: string): RoomAddress | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host: its, origin, pathname } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || its !== host.toLowerCase()) return undefined;
  const room = ADDRESS.exec(pathname)?.[1];
  return room === undefined ? undefined : { origin, room };
}

export interface Room extends RoomAddress {
  readonly maxWidth?: number | undefined;
  readonly maxHeight?: number | undefined;
  /** Other sites may frame it; where they may not, a link is all there is. */
  readonly framed: boolean;
}

export type OembedAnswer = Readonly<Record<string, string | number>>;

export function oembedAnswer({ origin, room, maxWidth = WIDTH, maxHeight = HEIGHT, framed }: Room): OembedAnswer {
  const title = `Join the call “${room}”`;
  const common = {
    version: '1.0',
    type: framed ? 'rich' : 'link',
    title,
    provider_name: 'webrtc-elements',
    provider_url: `${origin}/`,
    cache_age: DAY_SECONDS,
  };
  if (!framed) return common;
  const width = Math.min(WIDTH, maxWidth);
  const height = Math.min(HEIGHT, maxHeight);
  // A site that does not know this server takes the noscript away and the frame's rights with it: then the link is what works.
  const link = `<noscript><blockquote><a href="${escapeHtml(`${origin}/r/${room}`)}">${escapeHtml(title)}</a></blockquote></noscript>`;
  return { ...common, width, height, html: link + frameHtml({ origin, room, width, height }) };
}

export function toXml(answer: OembedAnswer): string {
  const fields = Object.entries(answer).map(([name, value]) => `  <${name}>${escapeHtml(String(value))}</${name}>\n`);
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n${fields.join('')}</oembed>\n`;
}
