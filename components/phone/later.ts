/** Registers the two when a page has them, or gets them later: a page without them does not pay for the telephone. */
import { bring, defineLater } from '../shared/define.js';

const TAGS = ['webrtc-phone', 'webrtc-call-button'] as const;

defineLater(TAGS[0], () => import('./define.js'));
defineLater(TAGS[1], () => import('./define-call-button.js'));
if (typeof document !== 'undefined')
  // Live lists: looking costs nothing while there is none.
  for (const tag of TAGS) {
    const there = document.getElementsByTagName(tag);
    new MutationObserver((_changes, self) => {
      if (!there.length) return;
      self.disconnect();
      bring(tag);
    }).observe(document, { childList: true, subtree: true });
  }
