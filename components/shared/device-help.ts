/** What to tell a visitor whose device could not be opened: who is in the way and the exact fix. No DOM. */
import type { DeviceError } from '../core/call-error.js';
import type { BlockedWord, Translation } from '../lang/translation.js';

/** What the owner of a page has to put on the frame. */
export const ALLOW = 'allow="camera; microphone; display-capture"';

/** One or two devices that failed for one reason. */
export interface DeviceTrouble extends Pick<DeviceError, 'blockedBy' | 'reason'> {
  readonly device: BlockedWord;
  readonly error: DeviceError;
}

export interface DeviceHelp {
  readonly key: keyof Pick<
    Translation,
    | 'deviceBlockedBySystem'
    | 'deviceBlockedByUser'
    | 'deviceConstraints'
    | 'deviceInsecure'
    | 'deviceInterrupted'
    | 'deviceInUse'
    | 'deviceNeedsClick'
    | 'deviceNotFound'
    | 'devicePolicy'
  >;
  readonly device: BlockedWord;
  /** To be copied by somebody who can edit the page. */
  readonly code: string | null;
  /** Asking again can help. */
  readonly retry: boolean;
}

export function deviceHelp({ device, reason, blockedBy }: Omit<DeviceTrouble, 'error'>): DeviceHelp {
  switch (reason) {
    case 'insecure':
      return { key: 'deviceInsecure', device, code: null, retry: false };
    case 'policy':
      return { key: 'devicePolicy', device, code: ALLOW, retry: false };
    case 'permissions':
      if (blockedBy === 'browser') return { key: 'deviceNeedsClick', device, code: null, retry: true };
      if (blockedBy === 'page') return { key: 'devicePolicy', device, code: ALLOW, retry: false };
      return { key: blockedBy === 'system' ? 'deviceBlockedBySystem' : 'deviceBlockedByUser', device, code: null, retry: true };
    case 'in-use':
      return { key: 'deviceInUse', device, code: null, retry: true };
    case 'not-found':
      return { key: 'deviceNotFound', device, code: null, retry: true };
    case 'constraints':
      return { key: 'deviceConstraints', device, code: null, retry: true };
  }
}

/** Camera and microphone mostly fail together, for one reason: one text is enough then. */
export function deviceTroubles(errors: readonly (DeviceError | null)[]): readonly DeviceTrouble[] {
  const troubles: DeviceTrouble[] = [];
  for (const error of errors) {
    if (!error || error.error.code === 'SCREENSHARE_CANCELLED') continue;
    const { kind, reason, blockedBy } = error;
    const like = troubles.findIndex((trouble) => trouble.reason === reason && trouble.blockedBy === blockedBy);
    if (like < 0) troubles.push({ device: kind, reason, blockedBy, error });
    else troubles[like] = { device: 'devices', reason, blockedBy, error };
  }
  return troubles;
}
