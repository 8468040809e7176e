/**
 * Browsers say "not allowed" for five different reasons. This finds out which, and who can change it:
 * the visitor, the browser, the page that embeds us, or the system.
 */
import { CallError, type CallErrorCode, type DeviceError } from '../core/call-error.js';

type Kind = DeviceError['kind'];
type Verdict = Pick<DeviceError, 'reason' | 'blockedBy'> & { readonly code: CallErrorCode };

const FEATURE: Readonly<Record<Kind, string>> = { microphone: 'microphone', camera: 'camera', screen: 'display-capture' };

/** Not in every browser, and under an old name in Chromium. */
interface PolicyDocument {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

export function deviceError(kind: Kind, cause: unknown): DeviceError {
  const { reason, blockedBy, code } = judge(kind, cause);
  return Object.freeze({ kind, reason, blockedBy, error: new CallError(code, { cause }) });
}

/** The page that frames us, or its headers, forbid the device: no prompt will ever come. */
export function blockedByPolicy(kind: Kind): boolean {
  const policy = (document as PolicyDocument).featurePolicy;
  return policy !== undefined && !policy.allowsFeature(FEATURE[kind]);
}

function judge(kind: Kind, cause: unknown): Verdict {
  if (!isSecureContext || !navigator.mediaDevices) return { reason: 'insecure', blockedBy: 'page', code: 'INSECURE_CONTEXT' };
  const name = cause instanceof Error ? cause.name : '';
  switch (name) {
    case 'NotAllowedError':
      return notAllowed(kind, cause as Error);
    case 'SecurityError':
      return { reason: 'policy', blockedBy: 'page', code: 'POLICY_BLOCKED' };
    case 'InvalidStateError':
      // No click, or not recent enough; of a camera: the page is not shown any more.
      return { reason: 'permissions', blockedBy: 'browser', code: kind === 'screen' ? 'GESTURE_NEEDED' : 'PERMISSION_DENIED' };
    case 'NotFoundError':
      return { reason: 'not-found', blockedBy: null, code: 'DEVICE_NOT_FOUND' };
    case 'OverconstrainedError':
    case 'TypeError':
      return { reason: 'constraints', blockedBy: null, code: 'DEVICE_CONSTRAINTS' };
    default: // NotReadableError, AbortError: the device is there but cannot be opened
      return { reason: 'in-use', blockedBy: 'system', code: 'DEVICE_IN_USE' };
  }
}

function notAllowed(kind: Kind, cause: Error): Verdict {
  if (blockedByPolicy(kind)) return { reason: 'policy', blockedBy: 'page', code: 'POLICY_BLOCKED' };
  if (/system/i.test(cause.message)) return { reason: 'permissions', blockedBy: 'system', code: 'PERMISSION_DENIED' };
  if (kind === 'screen') return { reason: 'permissions', blockedBy: 'user', code: 'SCREENSHARE_CANCELLED' };
  return { reason: 'permissions', blockedBy: 'user', code: 'PERMISSION_DENIED' };
}

/** `prompt` where the browser does not tell. */
export async function permissionState(name: 'microphone' | 'camera'): Promise<PermissionState> {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return 'prompt';
  }
}
