/** What is announced about how the call is seen. */
import { WebrtcEvent } from './call-events.js';

export interface PipToggleDetail {
  readonly open: boolean;
}

export class PipToggleEvent extends WebrtcEvent<PipToggleDetail> {
  constructor(detail: PipToggleDetail) {
    super('pip-toggle', detail);
  }
}
