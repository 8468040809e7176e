/**
 * What a newcomer reads after starting the server: where to click, what to paste, what will not
 * work yet. Text in, text out; it starts nothing.
 */
import { styleText } from 'node:util';
import { renderUnicodeCompact } from 'uqr';
import type { ServerConfig } from '../config.js';
import { missingReach } from '../ice/reach.js';

export interface FirstScreen {
  readonly version: string;
  readonly config: ServerConfig;
  readonly local: string;
  readonly network: readonly string[];
  /** The certificate was made by this server, so browsers will ask about it. */
  readonly selfSigned: boolean;
  readonly colors: boolean;
}

type Paint = (style: 'bold' | 'dim' | 'cyan' | 'green' | 'yellow', text: string) => string;

export function firstScreen(screen: FirstScreen): string {
  const { config, version, local, network, selfSigned } = screen;
  const paint: Paint = (style, text) => (screen.colors ? styleText(style, text, { validateStream: false }) : text);
  const origin = network[0] ?? local;
  const lines = [
    '',
    `  ${paint('bold', 'webrtc-elements')} ${paint('dim', version)}`,
    '',
    `  ${paint('green', '➜')}  On this machine   ${paint('cyan', `${local}/`)}`,
    ...network.map((url) => `  ${paint('green', '➜')}  On your network   ${paint('cyan', `${url}/`)}`),
    ...(network.length === 0
      ? [`  ${paint('dim', '➜  On your network   for phones and other computers, start with --https')}`]
      : []),
    '',
    `  ${paint('bold', 'Paste this into any page')}`,
    '',
    `     <script type="module" src="${origin}/webrtc-elements.js"></script>`,
    '     <webrtc-room room="standup"></webrtc-room>',
    '',
    ...hints(screen).map((hint) => `  ${paint('yellow', '•')}  ${hint}`),
    '',
  ];
  if (selfSigned && network[0] !== undefined) {
    lines.push(
      '  Scan with a phone on the same network:',
      '',
      ...indent(renderUnicodeCompact(`${network[0]}/`, { border: 1 })),
      '',
    );
  }
  if (!config.production) lines.push(`  ${paint('dim', 'Ctrl+C stops the server.')}`, '');
  return lines.join('\n');
}

function hints({ config, network, selfSigned }: FirstScreen): readonly string[] {
  const result: string[] = [];
  if (network.length > 0 && !config.https) {
    result.push(
      'Browsers give camera and microphone to https pages and to localhost only: start with --https for other devices.',
    );
  }
  if (selfSigned) result.push('The certificate is self-signed: each browser asks once whether to trust it.');
  result.push(...missingReach(config.iceServers, config.turn?.urls));
  if (!config.production) {
    result.push(
      'For the internet: a domain with HTTPS, NODE_ENV=production, AUTH_MODE=open, ALLOWED_ORIGINS and TURN. --help lists all settings.',
    );
  }
  return result;
}

function indent(text: string): readonly string[] {
  return text.split('\n').map((line) => `     ${line}`);
}
