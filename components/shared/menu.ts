/**
 * Shows a menu at a button: above everything where the browser can, kept inside the window, moved through
 * with arrows, closed by Escape, Tab, a press outside or a change of the window. Knows nothing of its items.
 */
const ITEM = '[role^=menuitem], [data-item]';
const MARGIN = 8;
/** From the button: it stands in a bar. */
const GAP = 14;

/** `close(true)`: the focus belongs back on the button. Returns what takes the menu away. */
export function showMenu(menu: HTMLElement, button: HTMLElement, close: (back: boolean) => void): () => void {
  const end = new AbortController();
  const { signal } = end;
  if ('showPopover' in menu) menu.showPopover();
  place(menu, button);
  const items = [...menu.querySelectorAll<HTMLElement>(ITEM)];
  const first = items.find((item) => item.getAttribute('aria-checked') === 'true' && !('later' in item.dataset)) ?? items[0];
  first?.focus({ preventScroll: true });
  first?.scrollIntoView({ block: 'nearest' });

  menu.addEventListener('keydown', (event) => onKey(event, menu, close), { signal });
  const outside = (event: Event): void => {
    const path = event.composedPath();
    if (!path.includes(menu) && !path.includes(button)) close(false);
  };
  const { ownerDocument: page } = menu;
  page.addEventListener('pointerdown', outside, { signal, capture: true });
  page.addEventListener('scroll', outside, { signal, capture: true, passive: true });
  page.defaultView?.addEventListener('resize', () => close(false), { signal });
  return () => {
    end.abort();
    if ('hidePopover' in menu && menu.isConnected && menu.matches(':popover-open')) menu.hidePopover();
  };
}

function onKey(event: KeyboardEvent, menu: HTMLElement, close: (back: boolean) => void): void {
  const items = [...menu.querySelectorAll<HTMLElement>(ITEM)];
  const at = items.findIndex((item) => item === event.composedPath()[0]);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    items.at(to % items.length)?.focus();
  } else if (event.key === 'Escape') {
    close(true);
  } else if (event.key === 'Tab') {
    close(true);
    return; // and on from the button
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== ' ') {
    const begins = (item: HTMLElement): boolean =>
      (item.textContent ?? '').trim().toLocaleLowerCase().startsWith(event.key.toLocaleLowerCase());
    [...items.slice(at + 1), ...items].find(begins)?.focus();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Above the button if it fits or there is more room than below; from the side where the button begins. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = menu.ownerDocument.documentElement;
  const [above, below] = [at.top - GAP - MARGIN, height - at.bottom - GAP - MARGIN];
  const set = (name: string, px: number): void => menu.style.setProperty(name, `${Math.round(px)}px`);
  const up = above >= menu.offsetHeight || above >= below;
  set('--_room', Math.max(up ? above : below, 96));
  const size = menu.getBoundingClientRect();
  const rtl = getComputedStyle(menu).direction === 'rtl';
  const x = rtl ? at.right - size.width : at.left;
  const wanted = {
    x: Math.max(MARGIN, Math.min(x, width - size.width - MARGIN)),
    y: Math.max(MARGIN, up ? at.top - GAP - size.height : at.bottom + GAP),
  };
  set('--_x', wanted.x);
  set('--_y', wanted.y);
  // Without a top layer, what is fixed counts from whatever contains it.
  const got = menu.getBoundingClientRect();
  set('--_x', wanted.x + wanted.x - got.left);
  set('--_y', wanted.y + wanted.y - got.top);
}
