/**
 * The state store on disk: a journal of JSON lines that is read when the server starts. A change is done when its line was handed
 * to the system, so a killed process loses nothing; a line that was cut off is skipped. Where the disk refuses, the store goes on
 * in memory and says so once: nobody is kept out of a call by a full disk.
 */
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Compile } from 'typebox/compile';
import Type from 'typebox';
import { MemoryStateStore, type StateKind, type StoredEntry, type StoredValue } from './state-store.js';

/** The journal is written anew when it has more lines than this, and four of five say nothing any more. */
const COMPACT_LINES = 5_000;
const DEAD_SHARE = 5;

/** Kind, key and, unless it was deleted, value and expiry. */
const Line = Compile(
  Type.Union([
    Type.Tuple([Type.String(), Type.String()]),
    Type.Tuple([Type.String(), Type.String(), Type.Unknown(), Type.Number()]),
  ]),
);

export interface FileStateStoreOptions {
  readonly file: string;
  readonly failed?: (error: unknown) => void;
  readonly now?: () => number;
}

export class FileStateStore extends MemoryStateStore {
  readonly #file: string;
  readonly #failed: (error: unknown) => void;
  #lines = 0;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
  #hasFailed = false;

  private constructor({ file, failed = () => undefined, now = Date.now }: FileStateStoreOptions) {
    super(now);
    this.#file = file;
    this.#failed = failed;
  }

  /** Never rejects: what cannot be read is as if nothing had been kept. */
  static async open(options: FileStateStoreOptions): Promise<FileStateStore> {
    const store = new FileStateStore(options);
    await store.#load();
    return store;
  }

  override async set(kind: StateKind, key: string, value: StoredValue, expiresAt: number): Promise<void> {
    this.write(kind, key, { value, expiresAt });
    await this.#keep(kind, key, { value, expiresAt });
  }

  override async add(kind: StateKind, key: string, value: StoredValue, expiresAt: number): Promise<StoredValue | undefined> {
    const there = this.read(kind, key);
    if (there !== undefined) return there;
    await this.set(kind, key, value, expiresAt);
    return undefined;
  }

  override async delete(kind: StateKind, key: string): Promise<void> {
    if (this.read(kind, key) === undefined) return;
    this.write(kind, key, undefined);
    await this.#keep(kind, key, undefined);
  }

  /** What was said is on disk. */
  override async close(): Promise<void> {
    await this.#writing;
  }

  async #load(): Promise<void> {
    let text = '';
    try {
      await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
      text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
    } catch (error) {
      this.#complain(error);
    }
    for (const line of text.split('\n')) this.#replay(line);
    // It starts clean: expired lines go, and what a crash cut off does not swallow the next line.
    if (text !== '') await this.#compact();
  }

  #replay(text: string): void {
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch {
      return;
    }
    if (!Line.Check(line)) return;
    const [kind, key, value, expiresAt] = line as [StateKind, string, StoredValue?, number?];
    this.write(kind, key, value === undefined || expiresAt === undefined ? undefined : { value, expiresAt });
  }

  #keep(kind: StateKind, key: string, entry: StoredEntry | undefined): Promise<void> {
    this.#waiting.push(`${JSON.stringify(entry === undefined ? [kind, key] : [kind, key, entry.value, entry.expiresAt])}\n`);
    // What comes while something is being written goes together, right after it.
    const written = (this.#writing ?? Promise.resolve()).then(() => this.#flush());
    this.#writing = written;
    return written;
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const lines = this.#waiting;
    this.#waiting = [];
    try {
      // By name, not by an open file: another process of this folder may have written the journal anew.
      await appendFile(this.#file, lines.join(''), { mode: 0o600 });
      this.#lines += lines.length;
      if (this.#lines > COMPACT_LINES) await this.#compact();
    } catch (error) {
      this.#complain(error);
    }
  }

  async #compact(): Promise<void> {
    const living = [...this.living()];
    const worthIt = this.#lines === 0 || this.#lines > living.length * DEAD_SHARE;
    this.#lines = living.length;
    if (!worthIt) return;
    const text = living.map(([kind, key, { value, expiresAt }]) => `${JSON.stringify([kind, key, value, expiresAt])}\n`).join('');
    const next = `${this.#file}.${process.pid}`;
    try {
      await writeFile(next, text, { mode: 0o600 });
      await rename(next, this.#file);
    } catch (error) {
      this.#complain(error);
    }
  }

  #complain(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#failed(error);
  }
}
