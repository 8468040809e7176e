/**
 * Shows a menu at a button: above everything where the browser can, kept inside the window, moved through
 * with arrows, closed by Escape, Tab, a press outside or a change of the window. Knows nothing of its items.
 */
const ITEM = '[role^=menuitem], [data-item]';
const MARGIN = 8;
/** From the button: it stands in a bar. */
const GAP = 14;
/** A menu can be scrolled; less than this of it is no use. */
const LEAST_ROOM = 96;
/** Far enough to see how long a pixel of the menu is. */
const PROBE = 100;

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
    // Somewhere inside a closed root of the page's, and we stand there, too: its own root knows where.
    const veiled = event.currentTarget !== path[0] && isClosedAround(path[0], menu);
    if (!veiled && !path.includes(menu) && !path.includes(button)) close(false);
  };
  const { ownerDocument: page } = menu;
  for (const root of roots(menu)) {
    root.addEventListener('pointerdown', outside, { signal, capture: true });
    root.addEventListener('scroll', outside, { signal, capture: true, passive: true });
  }
  page.defaultView?.addEventListener('resize', () => close(false), { signal });
  return () => {
    end.abort();
    if ('hidePopover' in menu && menu.isConnected && menu.matches(':popover-open')) menu.hidePopover();
  };
}

/** The document, and every root in between that hides from it what happens inside. */
function roots(from: Node): readonly Node[] {
  const all: Node[] = [from.ownerDocument ?? from];
  for (let root = from.getRootNode(); 'host' in root; root = (root as ShadowRoot).host.getRootNode())
    if ((root as ShadowRoot).mode === 'closed') all.push(root);
  return all;
}

function isClosedAround(host: EventTarget | undefined, inside: Node): boolean {
  for (let root = inside.getRootNode(); 'host' in root; root = (root as ShadowRoot).host.getRootNode())
    if ((root as ShadowRoot).host === host && (root as ShadowRoot).mode === 'closed') return true;
  return false;
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

/**
 * Above the button if it fits or there is more room than below; from the side where the button begins. Everything is
 * measured as it is seen, and set in the units of the menu: a `zoom` or a transform of the page lies between the two.
 */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = viewport(menu.ownerDocument);
  const set = (name: string, px: number): void => menu.style.setProperty(name, `${Math.round(px * 100) / 100}px`);
  for (const name of ['--_x', '--_y']) set(name, 0);
  const zero = menu.getBoundingClientRect();
  set('--_x', PROBE);
  const scale = (menu.getBoundingClientRect().left - zero.left) / PROBE || 1;
  const [above, below] = [at.top - GAP - MARGIN, height - at.bottom - GAP - MARGIN];
  set('--_wide', (width - 2 * MARGIN) / scale);
  const up = above >= menu.getBoundingClientRect().height || above >= below;
  // Where there is next to nothing on either side, it lies over its button.
  const room = Math.min(Math.max(up ? above : below, LEAST_ROOM * scale), height - 2 * MARGIN);
  set('--_room', room / scale);
  const size = menu.getBoundingClientRect();
  const rtl = getComputedStyle(menu).direction === 'rtl';
  const x = rtl ? at.right - size.width : at.left;
  const y = up ? at.top - GAP - size.height : at.bottom + GAP;
  set('--_x', (Math.max(MARGIN, Math.min(x, width - size.width - MARGIN)) - zero.left) / scale);
  set('--_y', (Math.max(MARGIN, Math.min(y, height - size.height - MARGIN)) - zero.top) / scale);
}

/** What is seen, without scroll bars. `clientWidth` counts in the units of a zoomed root. */
function viewport({ documentElement: root, defaultView }: Document): { readonly width: number; readonly height: number } {
  const { currentCSSZoom: zoom = 1 } = root as Element & { readonly currentCSSZoom?: number };
  const { clientWidth, clientHeight } = root;
  const most = (seen: number, whole = seen): number => Math.min(seen, whole);
  return {
    width: most(clientWidth * zoom, defaultView?.innerWidth),
    height: most(clientHeight * zoom, defaultView?.innerHeight),
  };
}
