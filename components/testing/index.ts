/**
 * Entry `webrtc-elements/testing`, for tests of pages that use the elements: a call that shows whatever it is told,
 * the parts a real call stands on as fakes, and faults on demand.
 */
export { FakeCall, type Intent } from './fake-call.js';
export {
  createFakePhone,
  FAKE_ADDRESS,
  FakePhoneSignaling,
  FakePhoneMemory,
  incomingRing,
  type FakePhone,
} from './fake-phone-signaling.js';
export { FakeMedia } from './fake-media.js';
export { FakeSignaling, participantInfo } from './fake-signaling.js';
export { FakeTransport } from './fake-transport.js';
export { simulateScenario } from './simulate-scenario.js';
export { SCENARIOS, type Scenario } from '../core/simulation.js';
