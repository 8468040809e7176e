/**
 * A visitor of a TURN server, no more than a doctor needs: asks for its own address, takes an
 * allocation, asks for permissions, passes a message through. Each refusal comes with the server's code.
 */
import type { StunAddress } from './stun-address.js';
import { StunLine, type StunServer, type Wire } from './stun-line.js';
import type { StunMessage, StunRequest } from './stun-message.js';

export interface TurnCredentials {
  readonly username: string;
  readonly credential: string;
}

/** The server said no: 401 unauthorised, 403 forbidden peer, 486 quota reached, … */
export class TurnRefusal extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the relay refused with ${code}`);
    this.name = 'TurnRefusal';
    this.code = code;
  }
}

/** It gave an allocation to somebody who proved nothing. */
export class OpenRelay extends Error {
  constructor() {
    super('the relay asks for no credentials');
    this.name = 'OpenRelay';
  }
}

/** The address this machine is seen under. */
export async function askOwnAddress(server: StunServer, timeoutMs?: number): Promise<StunAddress> {
  const line = await StunLine.open(server, timeoutMs);
  try {
    return await bind(line);
  } finally {
    line.close();
  }
}

/** The same for a socket that goes on being used: it stays open. */
export function askOwnAddressOver(wire: (heard: (bytes: Buffer) => void) => Wire, timeoutMs: number): Promise<StunAddress> {
  return bind(new StunLine(wire, false, timeoutMs));
}

async function bind(line: StunLine): Promise<StunAddress> {
  const { kind, mapped, errorCode } = await line.request({ method: 'binding' });
  if (kind !== 'success' || mapped === undefined) throw new TurnRefusal(errorCode ?? 0);
  return mapped;
}

export class TurnAllocation {
  readonly relayed: StunAddress;
  readonly #line: StunLine;
  readonly #credentials: TurnCredentials;
  readonly #realm: string;
  #nonce: Buffer;

  private constructor(line: StunLine, credentials: TurnCredentials, first: StunMessage, relayed: StunAddress) {
    this.#line = line;
    this.#credentials = credentials;
    this.#realm = first.realm ?? '';
    this.#nonce = first.nonce ?? Buffer.alloc(0);
    this.relayed = relayed;
  }

  /** Throws a TurnRefusal when the relay says no, another error when nobody answers. */
  static async open(
    server: StunServer,
    credentials: TurnCredentials,
    { family = 'ipv4', timeoutMs }: { readonly family?: 'ipv4' | 'ipv6'; readonly timeoutMs?: number } = {},
  ): Promise<TurnAllocation> {
    const line = await StunLine.open(server, timeoutMs);
    try {
      // The first answer is always a refusal: it holds the realm and the nonce to sign with.
      const first = await line.request({ method: 'allocate', allocate: family });
      const { realm, nonce } = first;
      if (first.kind !== 'error' || first.errorCode !== 401 || realm === undefined || nonce === undefined) {
        throw first.kind === 'error' ? new TurnRefusal(first.errorCode ?? 0) : new OpenRelay();
      }
      const answer = await line.request({
        method: 'allocate',
        allocate: family,
        lifetime: 60,
        credentials: { ...credentials, realm, nonce },
      });
      if (answer.kind !== 'success' || answer.relayed === undefined) throw new TurnRefusal(answer.errorCode ?? 0);
      return new TurnAllocation(line, credentials, first, answer.relayed);
    } catch (error) {
      line.close();
      throw error;
    }
  }

  /** Whether packets from and to this address may pass. Sends nothing to it. */
  async permit(peer: StunAddress): Promise<void> {
    await this.#ask({ method: 'createPermission', peer });
  }

  send(peer: StunAddress, data: Buffer): void {
    this.#line.indicate({ method: 'send', peer, data });
  }

  onData(listener: (data: Buffer) => void): void {
    this.#line.onData = listener;
  }

  /** Gives the allocation back: it would hold a port for a minute. */
  async close(): Promise<void> {
    await this.#ask({ method: 'refresh', lifetime: 0 }).catch(() => undefined);
    this.#line.close();
  }

  async #ask(request: StunRequest): Promise<StunMessage> {
    const sign = () => ({ ...request, credentials: { ...this.#credentials, realm: this.#realm, nonce: this.#nonce } });
    let answer = await this.#line.request(sign());
    if (answer.errorCode === 438 && answer.nonce !== undefined) {
      this.#nonce = answer.nonce;
      answer = await this.#line.request(sign());
    }
    if (answer.kind !== 'success') throw new TurnRefusal(answer.errorCode ?? 0);
    return answer;
  }
}

/** Two allocations on one relay, and a message from one to the other: what a call between two strict networks does. */
export async function relayMessage(server: StunServer, credentials: TurnCredentials, timeoutMs = 5_000): Promise<void> {
  const sender = await TurnAllocation.open(server, credentials, { timeoutMs });
  try {
    const receiver = await TurnAllocation.open(server, credentials, { timeoutMs });
    try {
      await sender.permit(receiver.relayed);
      await receiver.permit(sender.relayed);
      await new Promise<void>((resolve, reject) => {
        const text = Buffer.from('a message through the relay');
        const again = setInterval(() => sender.send(receiver.relayed, text), 200);
        const deadline = setTimeout(() => finish(() => reject(new Error('nothing came through'))), timeoutMs);
        const finish = (end: () => void): void => {
          clearInterval(again);
          clearTimeout(deadline);
          end();
        };
        receiver.onData((data) => {
          if (data.equals(text)) finish(resolve);
        });
        sender.send(receiver.relayed, text);
      });
    } finally {
      await receiver.close();
    }
  } finally {
    await sender.close();
  }
}
