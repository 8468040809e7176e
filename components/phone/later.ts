/** Registers the two when a page has them, or gets them later: a page without them does not pay for the telephone. */
import { bring, defineLater } from '../shared/define.js';

const waitFor = (tag: string, load: () => Promise<unknown>): void => {
  defineLater(tag, load);
  if (typeof document === 'undefined') return;
  // A live list: looking costs nothing while it is empty.
  const there = document.getElementsByTagName(tag);
  new MutationObserver((_, self) => {
    if (!there.length) return;
    self.disconnect();
    bring(tag);
  }).observe(document, { childList: true, subtree: true });
};

waitFor('webrtc-phone', () => import('./define.js'));
waitFor('webrtc-call-button', () => import('./define-call-button.js'));
