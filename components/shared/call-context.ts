/**
 * What a room gives to the elements inside it (by context) and to those that name it with `for`:
 * the call, and the acts that concern the room as a whole. Knows nothing of any element.
 */
import { createContext } from '@lit/context';
import type { Call } from '../core/call.js';
import type { DeviceKind } from '../core/local-media.js';
import type { ParticipantId } from '../core/participant.js';
import type { Translations } from '../lang/translation.js';
import type { ViewPreferences } from './view.js';

/** What the visitor chose at the door. */
export interface Wanted {
  readonly displayName: string;
  readonly audio: boolean;
  readonly video: boolean;
  /** The language they chose for themselves. */
  readonly lang?: string;
}

/** What opens beside the stage; one at a time. */
export type PanelName = 'chat' | 'people' | 'settings';

/** Which part of the settings. */
export type SettingsPane = 'connection' | 'devices' | 'general' | 'picture';

export interface CallHost {
  readonly call: Call;
  readonly wanted: Wanted;
  /** Given by the ticket, and not to be changed; null: the visitor chooses. */
  readonly fixedName: string | null;
  /** The page's own texts. */
  readonly translations: Translations;
  /** The visitor changed their mind at the door. */
  want(change: Partial<Wanted>): void;
  /** Asks the page (`before-join`) and joins. */
  join(): Promise<void>;
  /** Asks the page (`before-leave`) and leaves. */
  leave(): Promise<void>;
  /** Uses another device, and remembers it. */
  switchActiveDevice(kind: DeviceKind, id: string | null): Promise<void>;
  cycleCamera(): Promise<void>;
  /** What the visitor made of the tiles. */
  readonly view: ViewPreferences;
  /** How the page wants the visitor's own picture. */
  readonly mirror: 'on' | 'off';
  setView(change: Partial<ViewPreferences>): void;
  pinParticipant(id: ParticipantId | null): void;
  setParticipantVolume(id: ParticipantId, volume: number): void;
  /** What brings somebody in; null: nobody is invited from here. */
  readonly inviteLink: string | null;
  openInvitation(): void;
  /** Which panel is open. */
  readonly panel: PanelName | null;
  togglePanel(name: PanelName, open?: boolean): void;
  readonly chatOpen: boolean;
  toggleChat(open?: boolean): void;
  toggleRaiseHand(on?: boolean): Promise<void>;
  readonly peopleOpen: boolean;
  togglePeople(open?: boolean): void;
  /** What the page allows; what the visitor wants is in `view`. */
  readonly sounds: 'on' | 'off';
  readonly notifications: 'on' | 'off';
  /** Keys are on. */
  shortcuts: 'on' | 'off';
  lowData: 'on' | 'off' | 'auto';
  /** The language of the room; '' as the page is. */
  lang: string;
  readonly fullscreen: boolean;
  toggleFullscreen(): Promise<void>;
  readonly pipOpen: boolean;
  togglePip(open?: boolean): Promise<void>;
}

export const callContext = createContext<CallHost | undefined>(Symbol.for('webrtc-elements/call'));
