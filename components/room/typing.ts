/**
 * Whether a key belongs to what has the focus, and not to us. By names, never by `instanceof`: the room may stand in another
 * window, whose elements are of other classes.
 */

/** `composedPath()[0]`: from outside a shadow root every event seems to come from its host. */
const innermost = (event: Event): Element | null => {
  const [first] = event.composedPath();
  return isElement(first) ? first : null;
};

const isElement = (node: EventTarget | undefined): node is Element =>
  node !== undefined && (node as Partial<Node>).nodeType === 1;

const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);
const EDITS =
  'textarea, select, [role=textbox], [role=searchbox], [role=combobox], [role=listbox], [role=spinbutton], [role=grid], [role=tree], [role=application]';

/** Something is being written there, or a key chooses from a list. */
export function isTyping(event: KeyboardEvent): boolean {
  const at = innermost(event);
  if (!at || event.isComposing) return event.isComposing;
  if (!isOurs(at) && (mayHide(at) || at.matches('iframe, object, embed, audio, video'))) return true;
  if (at.localName === 'input') return !NO_TEXT.has((at as HTMLInputElement).type);
  return (at as Partial<HTMLElement>).isContentEditable === true || at.matches(EDITS);
}

/** Drawn by one of our elements: what is in there we know. */
function isOurs(at: Element): boolean {
  if (at.localName.startsWith('webrtc-')) return true;
  const root = at.getRootNode();
  return 'host' in root && (root as ShadowRoot).host.localName.startsWith('webrtc-');
}

/** Besides elements with a name of their own, these can have a shadow root. */
const MAY_HIDE = new Set('article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '));

/**
 * An element of the page's. When something inside its closed shadow root has the focus, it seems to be the element itself, in
 * every way one can ask; what that does with a key, nobody knows.
 */
function mayHide({ localName }: Element): boolean {
  return localName.includes('-') || MAY_HIDE.has(localName);
}

/** Space presses it. */
export function isPressed(event: KeyboardEvent): boolean {
  const at = innermost(event);
  return at !== null && at.closest('button, summary, input, a[href], video[controls], [role=button], [role^=menuitem]') !== null;
}

/** A question inside `room` waits for its answer. A dialog of the page around the room is only where the room stands. */
export function isAsked(event: Event, room: EventTarget): boolean {
  const path = event.composedPath();
  const inside = path.includes(room) ? path.slice(0, path.indexOf(room)) : path;
  return inside.some((node) => isElement(node) && node.localName === 'dialog' && (node as HTMLDialogElement).open);
}
