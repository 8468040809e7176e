/* The playground: a field for everything the manifest says of the room, the code for it, and what the room says. */
const COPIED_FOR_MS = 2_000;
const MOST_EVENTS = 100;
/** These begin something anew with each letter, so they wait until the field is left. */
const WHEN_DONE = new Set(['room', 'server-url', 'token']);
/** What every element of a page has; the room listens to it, the manifest does not list it. */
const GLOBAL = [
  { name: 'lang', type: { text: 'string' }, description: 'The language of its texts: en, de, ar, ja …' },
  { name: 'dir', type: { text: "'ltr' | 'rtl'" }, description: 'The direction of writing.' },
];
const THEMES = {
  Ours: {},
  Midnight: {
    bg: '#0b1020',
    bg2: '#141b33',
    bg3: '#202a4d',
    fg: '#eef2ff',
    fg2: '#b6c0e0',
    'border-color': '#2c3763',
    'accent-bg': '#a5b4fc',
    'accent-fg': '#1e1b4b',
    'control-bg': '#202a4d',
    'control-fg': '#eef2ff',
    'control-hover-bg': '#2c3763',
    'tile-bg': '#1a2342',
  },
  Paper: {
    bg: '#ffffff',
    bg2: '#ffffff',
    bg3: '#f1f1f1',
    fg: '#111111',
    fg2: '#555555',
    'border-color': '#d0d0d0',
    'accent-bg': '#111111',
    'accent-fg': '#ffffff',
    'control-bg': '#eeeeee',
    'control-fg': '#111111',
    'tile-bg': '#e6e6e6',
    'tile-radius': '0',
    'border-radius': '0',
    'button-radius': '0',
    'font-family': 'Georgia, serif',
  },
  Berry: {
    bg: '#fff5f7',
    bg2: '#ffffff',
    bg3: '#fbe1e8',
    fg: '#3b0a1e',
    fg2: '#7a3a54',
    'border-color': '#f0c3d1',
    'accent-bg': '#9d174d',
    'accent-fg': '#ffffff',
    'control-bg': '#fbe1e8',
    'control-fg': '#3b0a1e',
    'tile-bg': '#f6d5df',
    'tile-radius': '28px',
  },
};

const $ = (id) => document.getElementById(id);
const room = $('room');
const form = $('settings');
const { origin } = document.body.dataset;
const variables = new Map();

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function fieldFor({ name, type, description = '', default: given = '' }, id) {
  const words = [...(type?.text ?? '').matchAll(/'([^']*)'/g)].map(([, word]) => word);
  const standard = given.replace(/^'|'$/g, '');
  let input;
  if (type?.text === 'boolean') input = make('input', { type: 'checkbox' });
  else if (words.length > 0)
    input = make(
      'select',
      {},
      make('option', { value: '', textContent: standard === '' ? '–' : `${standard} (default)` }),
      ...words.filter((word) => word !== standard).map((word) => make('option', { value: word, textContent: word })),
    );
  else
    input = make('input', {
      type: 'text',
      spellcheck: false,
      autocomplete: 'off',
      autocapitalize: 'none',
      placeholder: standard,
    });
  Object.assign(input, { id, name: id });
  const hint = make('p', { id: `${id}-hint`, className: 'hint', textContent: description.replaceAll('`', '') });
  input.setAttribute('aria-describedby', hint.id);
  const label = make('label', { htmlFor: id, textContent: name });
  const field = make('div', { className: input.type === 'checkbox' ? 'field check' : 'field' }, label, input, hint);
  return { field, input };
}

function addAttribute(attribute) {
  const { name } = attribute;
  const { field, input } = fieldFor(attribute, `attribute-${name}`);
  const first = room.getAttribute(name) ?? '';
  if (input.type === 'checkbox') input.defaultChecked = room.hasAttribute(name);
  else if (input.localName === 'input') input.defaultValue = first;
  input.addEventListener(WHEN_DONE.has(name) || input.localName === 'select' ? 'change' : 'input', () => {
    if (input.type === 'checkbox') room.toggleAttribute(name, input.checked);
    else if (input.value === '') room.removeAttribute(name);
    else room.setAttribute(name, input.value);
    showCode();
  });
  $('attributes').append(field);
}

function addVariable(property) {
  const { field, input } = fieldFor({ ...property, name: property.name, type: { text: 'string' } }, `variable${property.name}`);
  input.addEventListener('input', () => setVariable(property.name, input.value));
  variables.set(property.name, input);
  $('variables').append(field);
}

function setVariable(name, value) {
  if (value === '') room.style.removeProperty(name);
  else room.style.setProperty(name, value);
  showCode();
}

function wear(theme) {
  for (const [name, input] of variables) {
    input.value = theme[name.replace('--webrtc-', '')] ?? '';
    setVariable(name, input.value);
  }
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

function showCode() {
  const attributes = [...room.attributes]
    // What the room tells of itself is not what was written.
    .filter(({ name }) => (shown.has(name) && !(name === 'theme' && room.theme === 'auto')) || name === 'lang' || name === 'dir')
    .map(({ name, value }) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`))
    .join('');
  const styles = [...variables.keys()]
    .map((name) => [name, room.style.getPropertyValue(name).trim()])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `    ${name}: ${value};\n`)
    .join('');
  const style = styles === '' ? '' : `<style>\n  webrtc-room {\n${styles}  }\n</style>\n`;
  $('code').textContent =
    `<script type="module" src="${origin}/webrtc-elements.js"></script>\n${style}<webrtc-room${attributes}></webrtc-room>`;
}
const shown = new Set();

function tell(event) {
  $('nothing').hidden = true;
  const time = new Date().toLocaleTimeString('en', { hour12: false });
  const detail = event.detail === null ? '' : JSON.stringify(event.detail, plain);
  $('events').prepend(
    make(
      'li',
      {},
      make('time', { textContent: time }),
      make('b', { textContent: event.type }),
      make('code', { textContent: detail }),
    ),
  );
  while ($('events').childElementCount > MOST_EVENTS) $('events').lastElementChild.remove();
}

/** Streams and errors say little as JSON. */
function plain(_key, value) {
  if (value instanceof MediaStream)
    return `MediaStream (${value
      .getTracks()
      .map(({ kind }) => kind)
      .join(', ')})`;
  if (value instanceof Error) return { name: value.name, code: value.code, message: value.message };
  return value;
}

for (const [name, theme] of Object.entries(THEMES)) {
  const button = make('button', { type: 'button', className: 'quiet', textContent: name });
  button.addEventListener('click', () => {
    wear(theme);
    $('status').textContent = `Look: ${name}`;
  });
  $('themes').append(button);
}
$('clear').addEventListener('click', () => {
  $('events').replaceChildren();
  $('nothing').hidden = false;
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => {
  setTimeout(() => {
    wear({});
    for (const input of $('attributes').querySelectorAll('input, select'))
      input.dispatchEvent(
        new Event(input.localName === 'select' || WHEN_DONE.has(input.id.replace('attribute-', '')) ? 'change' : 'input'),
      );
  });
});
if (navigator.clipboard) {
  const copy = $('copy');
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText($('code').textContent);
      copy.textContent = 'Copied';
    } catch {
      copy.textContent = 'Not allowed';
    }
    $('status').textContent = copy.textContent;
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, COPIED_FOR_MS);
  });
}

try {
  const answer = await fetch('/playground/room.json');
  if (!answer.ok) throw new Error(answer.statusText);
  const { attributes, events, cssProperties } = await answer.json();
  for (const attribute of attributes) {
    shown.add(attribute.name);
    addAttribute(attribute);
  }
  for (const attribute of GLOBAL) addAttribute(attribute);
  for (const property of cssProperties) addVariable(property);
  for (const { name } of events) room.addEventListener(name, tell);
} catch {
  $('missing').hidden = false;
}
showCode();
document.body.dataset.ready = 'yes';
