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
    (document.currentScript as HTMLScriptElement | null)?.src || /https?:.*?(?=:\d+:\d+)/.exec(String(new Error().stack))?.[0];
  // Where a plugin joins scripts into one file, or writes them into the page, the file says nothing of our server.
  const said = document.querySelector<HTMLMetaElement>('meta[name="webrtc-elements-server"]')?.content;
  const server = said || (/^http/.test(own ?? '') ? own : undefined);
  if (!server) return;
  const { origin } = new URL(server);
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

  const take = (place: HTMLElement): void => {
    const room = roomOf(place);
    // In an editor the text stays a text; what holds an element already was done by another copy of this script.
    if (!room || taken.has(place) || place.isContentEditable || place.querySelector('webrtc-room')) return;
    taken.add(place);
    bundle ??= import(/* @vite-ignore */ new URL('webrtc-elements.js', said ? `${said.replace(/\/*$/, '')}/` : own).href);
    bundle.then(
      () => place.querySelector('webrtc-room') || upgrade(place, room),
      () => {
        // The link stays a link; what comes later tries again.
        bundle = undefined;
        // eslint-disable-next-line no-console -- the page's author is the only one who can know and mend it
        console.warn(
          `webrtc-elements: ${origin} gave no webrtc-elements.js. Was embed.js joined with others or written into the page? ` +
            'Leave it as a file of its own, or say <meta name="webrtc-elements-server" content="https://…"> before it.',
        );
      },
    );
  };
  const look = (within: Document | Element): void => within.querySelectorAll<HTMLElement>(SELECTOR).forEach(take);

  // Only what came is looked through: pages of tens of thousands of elements change all the time.
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      addedNodes.forEach((node) => {
        if (!(node instanceof HTMLElement) || !node.isConnected) return;
        if (node.matches(SELECTOR)) take(node);
        if (node.firstElementChild) look(node);
      });
  }).observe(document, { childList: true, subtree: true });
  look(document);
})();
