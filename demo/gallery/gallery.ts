/** Shows one scene, chosen in the address: `gallery.html?scene=three&theme=dark&lang=ar`. Without one: the list. */
import '../../components/index.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { find } from './find.js';
import { PHONES, showPhone } from './phones.js';
import { SCENES } from './scenes.js';

/** In a small box the menu belongs to the whole button: a long press. What is loaded on demand is waited for. */
function pressed(selector: string, tries = 40): void {
  const target = find(document, selector);
  if (target?.getClientRects().length) target.click();
  else if (target)
    find(document, selector.replace('menu', 'control'))?.dispatchEvent(new MouseEvent('contextmenu', { cancelable: true }));
  else if (tries) setTimeout(() => pressed(selector, tries - 1), 100);
}

const query = new URLSearchParams(location.search);
const name = query.get('scene') ?? '';
const scene = SCENES[name]?.();

if (PHONES[name]) {
  document.body.className = 'shot';
  const given = ['theme', 'lang', 'dir'].flatMap((key) => (query.has(key) ? [[key, query.get(key)!] as const] : []));
  void showPhone(name, Object.fromEntries(given));
} else if (scene) {
  document.body.className = 'shot';
  if (scene.offline) Object.defineProperty(navigator, 'onLine', { get: () => false });
  const fake = new FakeCall({ room: scene.state.room }, scene.state);
  const room = document.createElement('webrtc-room');
  room.setAttribute('room', scene.state.room);
  room.setAttribute('persist-user-choices', 'off');
  room.setAttribute('display-name', query.get('name') ?? 'Nora Keller');
  for (const [key, value] of Object.entries(scene.attributes ?? {})) room.setAttribute(key, value);
  for (const key of ['theme', 'lang', 'dir']) if (query.has(key)) room.setAttribute(key, query.get(key)!);
  room.call = fake;
  document.body.append(room);
  if (scene.view) room.setView(scene.view);
  if (scene.network) fake.network = scene.network;
  if (scene.pane) setTimeout(() => room.openSettings(scene.pane), 300);
  // Loudness is never the same twice, and the room wants to hear more than one reading of it.
  let wave = 0;
  const hear = (): void =>
    fake.levels.set(new Map((scene.levels ?? []).map(([id, level]) => [id, level + (wave++ % 7) / 1_000])));
  setTimeout(hear, 50);
  if (name === 'talking') setInterval(hear, 40);
  if (scene.press) {
    // What is pressed may be loaded after the first look.
    const wait = setInterval(() => {
      if (!find(document, scene.press!)) return;
      clearInterval(wait);
      setTimeout(() => pressed(scene.press!), 200);
    }, 50);
    setTimeout(() => clearInterval(wait), 2_000);
  }
  if (scene.keys)
    setTimeout(() => {
      const inside = find(document, '.room');
      inside?.dispatchEvent(new KeyboardEvent('keydown', { key: scene.keys!, bubbles: true, composed: true, cancelable: true }));
    }, 500);
  if (scene.facts) setTimeout(() => scene.facts!.forEach((fact) => fake.emitFact(fact)), 600);
  if (query.has('look')) {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = `themes/${encodeURIComponent(query.get('look') ?? '')}.css`;
    document.head.append(sheet);
  }
  Object.assign(window, { fake, room });
} else {
  document.body.className = 'index';
  const list = document.createElement('ul');
  for (const key of [...Object.keys(SCENES), ...Object.keys(PHONES)]) {
    const item = document.createElement('li');
    for (const [label, extra] of [
      [key, ''],
      ['dark', '&theme=dark'],
      ['ar', '&lang=ar'],
    ] as const) {
      const link = document.createElement('a');
      link.href = `?scene=${key}${extra}`;
      link.textContent = label;
      item.append(link, ' ');
    }
    list.append(item);
  }
  document.body.append(list);
}
