/**
 * A participant that costs next to nothing: the few packets of Socket.IO the bench needs, on a bare
 * WebSocket. The measuring process must not be what is measured.
 */
import { WebSocket } from 'ws';

export type Answer = { readonly ok?: boolean; readonly data?: Record<string, unknown> } & Record<string, unknown>;

export class BenchClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #listeners = new Map<string, (payload: Answer) => void>();
  #lastId = 0;
  /** When the server let go of this line. */
  closedAt: number | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.setMaxListeners(0);
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
    socket.on('close', () => (this.closedAt = performance.now()));
    socket.on('error', () => undefined);
  }

  /** Each comes from an address of its own, as participants do. */
  static connect(port: number, number: number): Promise<BenchClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
        perMessageDeflate: false,
        headers: { 'X-Forwarded-For': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}` },
      });
      const client = new BenchClient(socket);
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => reject(new Error(`refused with ${response.statusCode}`)));
      client.on('connect', () => resolve(client));
    });
  }

  on(event: string, listener: (payload: Answer) => void): void {
    this.#listeners.set(event, listener);
  }

  ask(event: string, payload: object): Promise<Answer> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      if (this.closedAt !== undefined) reject(new Error('the line is closed'));
      this.#socket.once('close', () => reject(new Error(`the line was closed instead of answering ${event}`)));
      this.#waiting.set(id, resolve);
      this.#socket.send(`42${id}["${event}",${JSON.stringify(payload)}]`);
    });
  }

  /** Without waiting for an answer. */
  tell(event: string, payload: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(`42["${event}",${JSON.stringify(payload)}]`);
  }

  /** With a word, as a page that is closed by its visitor. */
  leave(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send('41');
    this.#socket.close();
  }

  cut(): void {
    this.#socket.terminate();
  }

  #hear(text: string): void {
    if (text === '2') this.#socket.send('3');
    else if (text.startsWith('0')) this.#socket.send('40{"protocol":2}');
    else if (text.startsWith('40')) this.#listeners.get('connect')?.({});
    else if (text.startsWith('43')) {
      const [, id = '', json = ''] = /^43(\d+)(.*)$/s.exec(text) ?? [];
      this.#waiting.get(Number(id))?.((JSON.parse(json) as [Answer])[0]);
      this.#waiting.delete(Number(id));
    } else if (text.startsWith('42')) {
      const [event, payload] = JSON.parse(text.slice(2)) as [string, Answer];
      this.#listeners.get(event)?.(payload);
    }
  }
}
