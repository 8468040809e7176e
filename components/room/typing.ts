/** Whether a key belongs to what has the focus, and not to us. */

/** `composedPath()[0]`: from outside a shadow root every event seems to come from its host. */
const innermost = (event: Event): Element | null => {
  const [first] = event.composedPath();
  return first instanceof Element ? first : null;
};

const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/** Something is being written there, or a key chooses from a list. */
export function isTyping(event: KeyboardEvent): boolean {
  const at = innermost(event);
  if (!at || event.isComposing) return event.isComposing;
  if (at instanceof HTMLInputElement) return !NO_TEXT.has(at.type);
  return (
    (at instanceof HTMLElement && at.isContentEditable) ||
    at.matches('textarea, select, [role=textbox], [role=searchbox], [role=combobox], [role=listbox]')
  );
}

/** Space presses it. */
export function isPressed(event: KeyboardEvent): boolean {
  const at = innermost(event);
  return at !== null && at.closest('button, summary, input, a[href], video[controls], [role=button], [role^=menuitem]') !== null;
}

/** A question waits for its answer. */
export function isAsked(event: KeyboardEvent): boolean {
  return event.composedPath().some((node) => node instanceof HTMLDialogElement && node.open);
}
