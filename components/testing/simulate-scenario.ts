/** Puts a call through a fault that ends ordinary calls, so that a page can test what it shows meanwhile. */
import type { Call } from '../core/call.js';
import { SIMULATE, type Scenario, type Simulates } from '../core/simulation.js';

/** Returns at once; what follows is told by the facts of the call, as always. */
export function simulateScenario(call: Call, scenario: Scenario): void {
  const simulating = call as Call & Partial<Simulates>;
  if (!simulating[SIMULATE])
    throw new TypeError('This call cannot simulate anything: make it with createCall(), or use FakeCall.');
  simulating[SIMULATE](scenario);
}
