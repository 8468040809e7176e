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

/* A site that gives its people tokens links to `/r/<room>#token=…`. What follows the # is not sent to any server, and it is
   taken out of the address at once, so that nobody copies it with the link. This entry of the tab's history keeps it, for a reload. */
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) history.replaceState({ ...history.state, token: given }, '', location.pathname + location.search);
const token = history.state?.token;
if (token) window.addEventListener('DOMContentLoaded', () => document.querySelector('webrtc-room')?.setAttribute('token', token));
