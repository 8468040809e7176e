/* A page of the documentation works without this: here the list folds on small screens, and code is copied by a button. */
const COPIED_FOR_MS = 2_000;
const list = document.getElementById('list');
const status = document.getElementById('status');

const narrow = matchMedia('(max-width: 56rem)');
const fold = () => {
  list.open = !narrow.matches;
};
narrow.addEventListener('change', fold);
fold();

// Pages that are not secure have no clipboard; people select there.
if (navigator.clipboard) {
  for (const figure of document.querySelectorAll('figure.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(figure.querySelector('code').textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Not allowed';
      }
      status.textContent = button.textContent;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, COPIED_FOR_MS);
    });
    figure.append(button);
  }
}
