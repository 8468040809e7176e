/** The durations the telephone acts on, each with its reason. Milliseconds. */
export interface PhoneTimings {
  /** How long a first ring tries to reach the server. */
  readonly reachMs: number;
  /** How long an answer tries to reach the server. */
  readonly answerMs: number;
  /** After a ring should have ended, for a server that does not say so. */
  readonly lateMs: number;
  /** After a restart of the server, how long it rings on here before the caller is back. */
  readonly callerReturnMs: number;
}

export const DEFAULT_PHONE_TIMINGS: PhoneTimings = Object.freeze({
  reachMs: 15_000,
  answerMs: 15_000,
  lateMs: 3_000,
  callerReturnMs: 8_000,
});
