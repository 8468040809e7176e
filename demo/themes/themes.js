/** Switches between the style sheets of the page; the room knows nothing of it. */
const sheets = [...document.querySelectorAll('link[title]')];
const select = document.querySelector('select');

for (const { title } of sheets) select.append(new Option(title));
select.addEventListener('change', () => {
  // An alternate sheet applies only after it was told off once.
  for (const sheet of sheets) sheet.disabled = true;
  sheets[select.selectedIndex].disabled = false;
});
