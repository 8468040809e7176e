/**
 * What one camera may cost on each link. In a mesh everybody uploads to everybody, so the picture
 * sent to each gets smaller as the room grows. Pure.
 */
export interface VideoBudget {
  /** Bits per second for one receiver. */
  readonly maxBitrate: number;
  readonly scaleResolutionDownBy: number;
  readonly maxFramerate: number;
}

/** Bits per second a home line can be trusted to carry upstream, all receivers together. */
const UPLINK = 2_500_000;
const BEST: VideoBudget = Object.freeze({ maxBitrate: 1_700_000, scaleResolutionDownBy: 1, maxFramerate: 30 });

export function videoBudget(receivers: number): VideoBudget {
  if (receivers <= 1) return BEST;
  return {
    maxBitrate: Math.floor(Math.min(BEST.maxBitrate, UPLINK / receivers)),
    scaleResolutionDownBy: receivers <= 2 ? 1 : receivers <= 4 ? 1.5 : 2,
    maxFramerate: receivers <= 3 ? 30 : receivers <= 5 ? 24 : 15,
  };
}

/** Changes only what the budget says; a browser that knows no encodings yet is left alone. */
export async function applyBudget(sender: RTCRtpSender, budget: VideoBudget): Promise<void> {
  const parameters = sender.getParameters();
  if (!parameters.encodings?.length) return;
  for (const encoding of parameters.encodings) Object.assign(encoding, budget);
  await sender.setParameters(parameters);
}
