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
