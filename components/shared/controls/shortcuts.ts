/** Which letter stands for which control: those that people know from Jitsi. By place on the keyboard, not by what it types. */
import type { ControlName } from './control-list.js';

export const SHORTCUTS: Readonly<Partial<Record<ControlName, string>>> = {
  microphone: 'M',
  camera: 'V',
  screenshare: 'D',
  chat: 'C',
  people: 'P',
  'raise-hand': 'R',
  pip: 'I',
  fullscreen: 'S',
};

export function controlOf(code: string): ControlName | undefined {
  const names = Object.keys(SHORTCUTS) as ControlName[];
  return names.find((name) => code === `Key${SHORTCUTS[name]}`);
}
