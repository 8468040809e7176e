/**
 * What a control is: a function from what is true now to a face, or to null where it is not possible. A new
 * button is one entry in `first-controls` (needed at the first look) or `more-controls` (loaded right after).
 */
import type { TemplateResult } from 'lit';
import type { CallState } from '../../core/call-state.js';
import type { CallHost } from '../call-context.js';
import type { MenuKind } from '../device-menus.js';
import type { Localize } from '../localize.js';
import type { ControlName } from './control-list.js';

export interface ControlContext {
  readonly state: CallState;
  readonly room: CallHost;
  readonly text: Localize;
}

export interface ButtonView {
  readonly icon: TemplateResult;
  /** What a press does, for the tooltip and the menu. */
  readonly label: string;
  /** For who cannot see it, when there is more to say than the words. */
  readonly ariaLabel?: string;
  /** `off` warns, `sharing` shines, `open` belongs to an open panel. */
  readonly variant?: 'off' | 'open' | 'sharing';
  /** Asked for and not true yet: takes no press. */
  readonly pending?: boolean;
  readonly problem?: boolean;
  /** A number at the corner. */
  readonly count?: number;
  /** Somebody should look: the number becomes red, also on the button of the menu. */
  readonly attention?: boolean;
  /** The list of devices behind the narrow half. */
  readonly menu?: MenuKind;
  /** `anchor` is the button that was pressed. A promise may reject: why is in the state, and said by the room. */
  press(anchor: HTMLElement): unknown;
}

export type Control = (at: ControlContext) => ButtonView | null;
export type Controls = Readonly<Partial<Record<ControlName, Control>>>;
