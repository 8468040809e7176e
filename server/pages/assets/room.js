/* Says so when the widget's script does not arrive, instead of waiting for ever. */
window.addEventListener(
  'error',
  (event) => {
    if (!(event.target instanceof HTMLScriptElement)) return;
    const say = () => {
      const waiting = document.getElementById('waiting');
      if (!waiting) return;
      waiting.classList.add('problem');
      waiting.setAttribute('role', 'alert');
      waiting.textContent =
        'The call could not be loaded. If you run this server: build it with “npm run build”, then reload this page.';
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', say);
    else say();
  },
  true,
);

/* A site that gives its people tokens links to `/r/<room>#token=…`, and may say more there: name, what is on at join,
   language, layout. What follows the # is not sent to any server. The token is taken out of the address at once, so that
   nobody copies it with the link; this entry of the tab's history keeps it, for a reload. Nothing of it starts a camera,
   joins, or leads to another server or page. */
const OPTIONS =
  'display-name audio video lang theme layout video-fit mirror minimal controls low-data sounds notifications'.split(' ');
const chosen = new URLSearchParams(location.hash.slice(1));
const given = chosen.get('token');
if (given) {
  chosen.delete('token');
  const rest = chosen.size ? `#${chosen}` : '';
  history.replaceState({ ...history.state, token: given }, '', location.pathname + location.search + rest);
}
const token = history.state?.token;
const options = OPTIONS.filter((name) => chosen.has(name)).map((name) => [name, chosen.get(name) ?? '']);
if (chosen.has('name') && !chosen.has('display-name')) options.push(['display-name', chosen.get('name') ?? '']);
if (token) options.push(['token', token]);
if (options.length > 0)
  window.addEventListener('DOMContentLoaded', () => {
    const room = document.querySelector('webrtc-room');
    for (const [name, value] of options) room?.setAttribute(name, value);
  });
