/**
 * What the parts of the server need of a logger; pino fits. Lines carry an event, a code and a
 * participant's id: never names, session descriptions, candidates, tokens or whole addresses.
 */
export interface Log {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
