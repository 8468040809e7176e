import { part } from './parts.js';

/** Registers a tag unless it is taken: pages do include a script twice. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const taken = customElements.get(tag);
  if (!taken) customElements.define(tag, element);
  else if (taken !== element) {
    // eslint-disable-next-line no-console -- the page's author is the only one who can know and mend it
    console.warn(`webrtc-elements: <${tag}> is defined already, by another copy or another library; that one is used.`);
  }
}

const later = new Map<string, () => Promise<unknown>>();
const unseen = new Set<string>();
const watched = new WeakSet<Node>();

/** Registers a tag when the page has it, whenever that is, or when one of ours is about to show it. */
export function defineLater(tag: string, load: () => Promise<unknown>): void {
  if (typeof document === 'undefined') return;
  later.set(tag, load);
  unseen.add(tag);
  watch(document);
  queueMicrotask(() => {
    if (unseen.size > 0) look(document); // for those of one script once
    unseen.clear();
  });
}

/** Asked for again when it failed. */
export function bring(...tags: readonly string[]): void {
  for (const tag of tags) {
    const load = customElements.get(tag) ? undefined : later.get(tag);
    if (load) part(load).catch(() => undefined); // told by the room
  }
}

/**
 * Frameworks and routers add elements long after the page was loaded, and components add them in shadow trees, which an
 * observer of the document does not see. So every open tree is watched that is there when its host enters the page, and
 * every tree that holds an element of ours.
 */
export function watch(root: Node): void {
  if (watched.has(root)) return;
  watched.add(root);
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node.nodeType === 1) look(node as Element);
  }).observe(root, { childList: true, subtree: true });
}

function look(root: ParentNode): void {
  if (root instanceof Element) meet(root);
  for (const element of root.querySelectorAll('*')) meet(element);
}

function meet({ localName, shadowRoot }: Element): void {
  // Inside our own elements nothing is missing.
  if (localName.startsWith('webrtc-')) bring(localName);
  else if (shadowRoot) {
    watch(shadowRoot);
    look(shadowRoot);
  }
}
