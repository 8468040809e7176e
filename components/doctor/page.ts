/** The script of the page /doctor: runs the examination, lists what it finds, offers to run it again. */
import { examine, type Finding } from './examine.js';

const NAMES = { good: 'Good', warning: 'Could be better', bad: 'Needs fixing' } as const;

const find = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
};

function show(finding: Finding): void {
  const item = document.createElement('li');
  item.className = finding.verdict;
  item.dataset['check'] = finding.check;
  const word = document.createElement('strong');
  word.textContent = NAMES[finding.verdict];
  const text = document.createElement('span');
  text.textContent = finding.text;
  item.append(word, text);
  find('findings').append(item);
}

async function run(): Promise<void> {
  const again = find('again') as HTMLButtonElement;
  again.hidden = true;
  find('findings').replaceChildren();
  find('summary').textContent = 'Looking … this takes up to twenty seconds.';
  const findings = await examine({ server: new URL(location.origin), onFinding: show });
  const bad = findings.filter(({ verdict }) => verdict === 'bad').length;
  find('summary').textContent =
    bad === 0
      ? 'Nothing stands in the way of a call from here.'
      : `${bad === 1 ? 'One thing keeps' : `${bad} things keep`} calls from working well.`;
  document.documentElement.dataset['done'] = '';
  again.hidden = false;
}

if (typeof document !== 'undefined') {
  find('again').addEventListener('click', () => void run());
  void run();
}
