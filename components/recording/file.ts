/**
 * Where a recording goes: a file the visitor chose, written as it grows, or, where the browser has no such thing, into
 * memory and then among the downloads.
 */
import { CallError } from '../core/call-error.js';

export interface RecordingFile {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Over what was written there before. */
  patch(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The file is whole. */
  close(): Promise<void>;
}

interface Picker {
  readonly showSaveFilePicker?: (options: {
    readonly suggestedName: string;
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }) => Promise<FileSystemFileHandle>;
}

/** Must be asked from a click. Rejects with ABORTED when the visitor closed the question. */
export async function openFile(name: string, type: string): Promise<RecordingFile> {
  const pick = (globalThis as Picker).showSaveFilePicker;
  if (!pick) return inMemory(name, type);
  const ending = name.slice(name.lastIndexOf('.'));
  try {
    const handle = await pick.call(globalThis, { suggestedName: name, types: [{ accept: { [type]: [ending] } }] });
    return await onDisk(handle);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw new CallError('ABORTED', { cause });
    return inMemory(name, type); // a frame of another site, no click
  }
}

async function onDisk(handle: FileSystemFileHandle): Promise<RecordingFile> {
  const file = await handle.createWritable();
  let end = 0;
  return {
    write: async (data) => {
      const position = end;
      end += data.length;
      await file.write({ type: 'write', position, data });
    },
    patch: (position, data) => file.write({ type: 'write', position, data }),
    close: () => file.close(),
  };
}

function inMemory(name: string, type: string): RecordingFile {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: async (bytes) => void parts.push(bytes),
    patch: async (at, bytes) => parts[0]?.set(bytes, at),
    close: async () => download(name, new Blob(parts, { type })),
  };
}

/** Time for a slow machine to take it over. */
const KEPT_MS = 60_000;

function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** `standup 2026-11-25 15.04.mp4` */
export function fileName(room: string, type: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = `${two(now.getHours())}.${two(now.getMinutes())}`;
  return `${room} ${day} ${time}.${type.includes('mp4') ? 'mp4' : 'webm'}`;
}
