/**
 * `embed.js`: one small script for a whole site, however it is included, that turns `<div data-webrtc-room="…">`
 * and links to a room that end in `#embed` into calls, when they are there or whenever they appear. Knows
 * neither Lit nor the call: it loads `webrtc-elements.js` from beside itself once something is to be shown.
 *
 * Runs as a classic script and as a module, twice without harm, so: no imports, nothing global.
 */
(() => {
  if (typeof document === 'undefined') return;
  /** What only who may write scripts decides: authors of sanitised texts neither choose the server nor skip the door. */
  const RESERVED = /^(room|server-url|autojoin|prejoin)$/;
  const SELECTOR = '[data-webrtc-room],a[href$="#embed"]';
  const ROOM = /^\/r\/([A-Za-z0-9][\w-]{0,63})$/;

  // Modules have no currentScript and classic scripts no import.meta; a stack names the file for both.
  const own =
    (document.currentScript as HTMLScriptElement | null)?.src ?? /https?:.*?(?=:\d+:\d+)/.exec(String(new Error().stack))?.[0];
  if (own === undefined) return;
  const { origin } = new URL(own);
  const taken = new WeakSet<Element>();
  let bundle: Promise<unknown> | undefined;

  const roomOf = (place: HTMLElement): string | undefined => {
    const { dataset, origin: its, pathname } = place as HTMLAnchorElement;
    return dataset['webrtcRoom'] ?? (its === origin ? ROOM.exec(pathname)?.[1] : undefined);
  };

  const upgrade = (place: HTMLElement, room: string): void => {
    const element = document.createElement('webrtc-room');
    const { observedAttributes = [] } = element.constructor as { readonly observedAttributes?: readonly string[] };
    for (const name of observedAttributes) {
      const value = place.getAttribute(`data-${name}`);
      if (value !== null && !RESERVED.test(name)) element.setAttribute(name, value);
    }
    element.setAttribute('server-url', origin);
    element.setAttribute('room', room);
    // As high as its place, where that has a height; a link has none and makes room.
    element.style.height = '100%';
    if (place.localName === 'a') place.replaceWith(element);
    else place.replaceChildren(element);
  };

  const look = (): void => {
    for (const place of document.querySelectorAll<HTMLElement>(SELECTOR)) {
      const room = roomOf(place);
      // In an editor the text stays a text; what holds an element already was done by another copy of this script.
      if (!room || taken.has(place) || place.isContentEditable || place.querySelector('webrtc-room')) continue;
      taken.add(place);
      bundle ??= import(/* @vite-ignore */ new URL('webrtc-elements.js', own).href);
      bundle.then(
        () => place.querySelector('webrtc-room') || upgrade(place, room),
        () => undefined, // the link stays a link
      );
    }
  };

  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
})();
