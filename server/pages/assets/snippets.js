/* The start page's second half: the room that is typed above, as code for the place it shall go to. */
const COPIED_FOR_MS = 2_000;
/** Nobody waits for the picture while typing. */
const PAUSE_MS = 400;
/** Stands where the room's name goes. */
const ROOM = '\u0000';

const $ = (id) => document.getElementById(id);
const { origin, allow, frames } = $('embed').dataset;

const WAYS = {
  script: {
    code: `<script type="module" src="${origin}/webrtc-elements.js"></script>\n<webrtc-room room="${ROOM}"></webrtc-room>`,
    hint: 'For pages whose HTML you write. Attributes of the element set names, language, looks and more.',
  },
  iframe: {
    code: `<iframe src="${origin}/embed/${ROOM}" title="Video call ${ROOM}"\n  allow="${allow}"\n  width="800" height="500" style="border:0"></iframe>`,
    hint:
      frames === 'on'
        ? 'For sites that take frames only. Without the allow list the browser gives the frame no camera.'
        : 'This server lets no site frame its calls yet: whoever runs it lists the sites in EMBED_ORIGINS.',
  },
  link: {
    code: `${origin}/r/${ROOM}`,
    hint: 'For mails, chats and posters. Many sites make a call of it when it is pasted (oEmbed).',
  },
  wordpress: {
    code: `<!-- Once, by an administrator, in the footer of the site: -->\n<script async src="${origin}/embed.js"></script>\n\n<!-- In any post, by any author, as Custom HTML: -->\n<div data-webrtc-room="${ROOM}"></div>`,
    hint: 'Works in every system that filters scripts out of what authors write.',
  },
  wix: {
    code: `Server URL:  ${origin}/webrtc-elements.js\nTag Name:    webrtc-room\nAttribute:   room = ${ROOM}`,
    hint: 'In Wix: Add Elements, Embed Code, Custom Element. The fields of its panel take these three lines.',
  },
  react: {
    code: `// npm install webrtc-elements @lit/react\nimport { WebrtcRoom } from 'webrtc-elements/react';\n\nexport const Call = () => <WebrtcRoom room="${ROOM}" serverUrl="${origin}" />;`,
    hint: 'Vue, Svelte and Angular take the element itself; the package has types for their templates.',
  },
};

const tabs = [...document.querySelectorAll('[role="tab"]')];
const copy = $('copy');
const code = $('snippet');
const picture = $('qr');
let way = 'script';
let room = 'standup';
let pause;
let pausePreview;

export function showSnippets(name) {
  room = name;
  render();
}

function render() {
  const [first, ...rest] = WAYS[way].code.split(ROOM);
  code.replaceChildren(first, ...rest.flatMap((text) => [marked(room), text]));
  $('way-hint').textContent = WAYS[way].hint;
  picture.parentElement.hidden = way !== 'link';
  clearTimeout(pause);
  clearTimeout(pausePreview);
  pausePreview = setTimeout(showPreview, PAUSE_MS);
  if (way === 'link') pause = setTimeout(drawCode, picture.src === '' ? 0 : PAUSE_MS);
}

/* The room as a frame of another page shows it. Nothing of it is loaded before somebody looks. */
const preview = $('preview');
const frame = document.createElement('iframe');
frame.title = 'Preview of the call';
frame.allow = allow;

function showPreview() {
  const address = `/embed/${room}`;
  if (!preview.open) frame.remove();
  else if (!frame.isConnected || frame.getAttribute('src') !== address) {
    frame.setAttribute('src', address);
    preview.append(frame);
  }
}

function marked(text) {
  const mark = document.createElement('span');
  mark.className = 'snippet-room';
  mark.textContent = text;
  return mark;
}

function drawCode() {
  const address = `/qr/${room}`;
  if (picture.getAttribute('src') !== address) picture.src = address;
}

function choose(tab, focus = false) {
  for (const each of tabs) {
    each.setAttribute('aria-selected', String(each === tab));
    each.tabIndex = each === tab ? 0 : -1;
  }
  $('snippet-panel').setAttribute('aria-labelledby', tab.id);
  way = tab.dataset.way;
  if (focus) tab.focus();
  render();
}

const MOVES = {
  ArrowRight: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  Home: () => 0,
  End: () => tabs.length - 1,
};
for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (move === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    choose(tabs[(move(index) + tabs.length) % tabs.length], true);
  });
}

copy.addEventListener('click', async () => {
  const done = await copyText(code.textContent);
  $('copy-label').textContent = done ? 'Copied' : 'Selected: press Ctrl+C or ⌘C';
  $('status').textContent = $('copy-label').textContent;
  setTimeout(() => {
    $('copy-label').textContent = 'Copy';
  }, COPIED_FOR_MS);
});

/** The clipboard is there on secure pages only; elsewhere the text is selected for the person to copy. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return false;
  }
}

$('ways').hidden = false;
$('snippet-panel').setAttribute('role', 'tabpanel');
choose(tabs[0]);
copy.hidden = false;
preview.hidden = false;
preview.addEventListener('toggle', showPreview);
