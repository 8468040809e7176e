/** How this visitor looks at the call: who is kept large, how loud each is, where their own picture floats. */
import type { ParticipantId } from '../core/participant.js';
import { INITIAL_VIEW_PREFERENCES, type ViewPreferences } from '../shared/view.js';
import { loadChoices, saveChoices } from './choices.js';
import { RoomBase } from './room-base.js';

export abstract class RoomLook extends RoomBase {
  #view: ViewPreferences | undefined;

  /** @internal */
  get view(): ViewPreferences {
    if (!this.#view) {
      const corner = this.persistUserChoices === 'off' ? undefined : loadChoices().corner;
      this.#view = corner ? { ...INITIAL_VIEW_PREFERENCES, corner } : INITIAL_VIEW_PREFERENCES;
    }
    return this.#view;
  }
  /** @internal */
  setView(change: Partial<ViewPreferences>): void {
    this.#view = { ...this.view, ...change };
    if (change.corner && this.persistUserChoices !== 'off') saveChoices({ ...loadChoices(), corner: change.corner });
    this.onRoomChange();
  }
  /** Keeps somebody large, whoever speaks; null: nobody. Only for this visitor. */
  pinParticipant(id: ParticipantId | null): void {
    this.setView({ pinned: id });
  }
  /** How loud somebody is here, from 0 to 1. Only for this visitor. */
  setParticipantVolume(id: ParticipantId, volume: number): void {
    this.setView({ volumes: new Map(this.view.volumes).set(id, Math.min(1, Math.max(0, volume || 0))) });
  }
}
