/** Puts an encoding on a sender, when it differs enough from the one there to be worth the encoder's trouble. */
import type { Encoding } from './allocate-bitrates.js';

const NOTICEABLE = 0.1;

/** A browser that knows no encodings yet is left alone: asked again once the link is connected. */
export async function encode(sender: RTCRtpSender, wanted: Encoding): Promise<void> {
  const parameters = sender.getParameters();
  if (!parameters.encodings?.length || parameters.encodings.every((now) => alike(now, wanted))) return;
  for (const encoding of parameters.encodings) Object.assign(encoding, wanted);
  await sender.setParameters(parameters);
}

function alike(now: RTCRtpEncodingParameters, wanted: Encoding): boolean {
  if (now.active === false && !wanted.active) return true;
  return (
    (now.active ?? true) === wanted.active &&
    now.scaleResolutionDownBy === wanted.scaleResolutionDownBy &&
    now.maxFramerate === wanted.maxFramerate &&
    Math.abs((now.maxBitrate ?? 0) - wanted.maxBitrate) <= wanted.maxBitrate * NOTICEABLE
  );
}
