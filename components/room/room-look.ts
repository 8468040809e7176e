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
      const { corner, sounds, notifications } = this.persistUserChoices === 'off' ? {} : loadChoices();
      this.#view = {
        ...INITIAL_VIEW_PREFERENCES,
        ...(corner && { corner }),
        ...(sounds !== undefined && { sounds }),
        ...(notifications !== undefined && { notifications }),
      };
    }
    return this.#view;
  }
  /** @internal */
  setView(change: Partial<ViewPreferences>): void {
    this.#view = { ...this.view, ...change };
    const { corner, sounds, notifications } = change;
    const kept = {
      ...(corner && { corner }),
      ...(sounds !== undefined && { sounds }),
      ...(notifications !== undefined && { notifications }),
    };
    if (this.persistUserChoices !== 'off' && Object.keys(kept).length) saveChoices({ ...loadChoices(), ...kept });
    this.onRoomChange();
  }
  /** @internal Unless the page or the visitor has switched them off. */
  get soundsOn(): boolean {
    return this.sounds !== 'off' && this.view.sounds;
  }
  /** @internal */
  get notificationsOn(): boolean {
    return this.notifications !== 'off' && this.view.notifications;
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
