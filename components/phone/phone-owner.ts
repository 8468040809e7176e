/** Keeps an element's telephone: makes it when first needed, tells of its facts, ends it when the element is gone for good. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createPhone } from '../create-phone.js';
import type { Phone, PhoneOptions } from '../core/phone/phone.js';
import type { PhoneFact } from '../core/phone/phone-facts.js';
import { INITIAL_PHONE, type PhoneState } from '../core/phone/phone-state.js';
import { same } from '../shared/selector.js';

export type PhoneFactory = (options: Partial<PhoneOptions>) => Phone;

export const defaultPhoneFactory: PhoneFactory = (options) => createPhone(options);

export interface PhoneOwnerOptions {
  readonly factory: () => PhoneFactory;
  readonly options: () => Partial<PhoneOptions>;
  readonly onFact: (fact: PhoneFact, before: PhoneState) => void;
}

export class PhoneOwner implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #own: PhoneOwnerOptions;
  #phone: Phone | undefined;
  #known: Partial<PhoneOptions> = {};
  #end = new AbortController();

  constructor(host: ReactiveControllerHost & Node, own: PhoneOwnerOptions) {
    this.#host = host;
    this.#own = own;
    host.addController(this);
  }

  get state(): PhoneState {
    return this.#phone?.state.get() ?? INITIAL_PHONE;
  }

  /** The one that is there, if any. */
  get phone(): Phone | undefined {
    return this.#phone;
  }

  ensure(): Phone {
    if (this.#phone) return this.#phone;
    this.#known = this.#own.options();
    const phone = this.#own.factory()(this.#known);
    const end = (this.#end = new AbortController());
    let before = phone.state.get();
    phone.onFact((fact, after) => {
      const was = before;
      before = after;
      this.#own.onFact(fact, was);
    }, end.signal);
    phone.state.subscribe(() => this.#host.requestUpdate(), end.signal);
    this.#phone = phone;
    return phone;
  }

  /** Tells it what the page changed. */
  configure(): void {
    if (!this.#phone) return;
    const options = this.#own.options();
    if (same(options, this.#known)) return;
    this.#known = options;
    this.#phone.configure(options);
  }

  hostDisconnected(): void {
    const phone = this.#phone;
    if (!phone) return;
    // One task of grace: a framework that moves the element takes it out and puts it back.
    setTimeout(() => {
      if (this.#host.isConnected || this.#phone !== phone) return;
      this.#phone = undefined;
      phone.close();
      this.#end.abort();
    });
  }
}
