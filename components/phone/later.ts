/** Registers the two when a page has them, or gets them later: a page without them does not pay for the telephone. */
import { bring, defineLater } from '../shared/define.js';

const TAGS: Readonly<Record<string, () => Promise<unknown>>> = {
  'webrtc-phone': () => import('./define.js'),
  'webrtc-call-button': () => import('./define-call-button.js'),
};

for (const tag in TAGS) {
  defineLater(tag, TAGS[tag]!);
  if (typeof document === 'undefined') continue;
  // A live list: looking costs nothing while it is empty.
  const there = document.getElementsByTagName(tag);
  new MutationObserver((_, self) => there.length && (self.disconnect(), bring(tag))).observe(document, {
    childList: true,
    subtree: true,
  });
}
