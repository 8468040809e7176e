/** A call whose devices, line, transport and page are the shipped fakes, each at hand. */
import { CallSession, type SessionDeps } from '../../components/core/call-session.js';
import { DEFAULT_OPTIONS, type CallOptions } from '../../components/core/call.js';
import type { CallFact } from '../../components/core/facts.js';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import type { PageWatcher } from '../../components/core/page.js';
import { Talk } from '../../components/core/talk/talk.js';
import type { Doorstep } from '../../components/core/transport.js';
import { FakeMedia } from '../../components/testing/fake-media.js';
import { FakeSignaling } from '../../components/testing/fake-signaling.js';
import { FakeTransport } from '../../components/testing/fake-transport.js';
import type { Resume } from '../../server/protocol/schemas.js';

const open = new Set<CallSession>();
export function closeCalls(): void {
  for (const call of open) call.close();
  open.clear();
}

export interface FakeDeps extends Partial<SessionDeps> {
  /** Hears what each transport is made with. */
  readonly onTransport?: (doorstep: Doorstep | null) => void;
}

export function setUp(options: Partial<CallOptions> = {}, { onTransport, ...deps }: FakeDeps = {}) {
  const lines: FakeSignaling[] = [];
  const transports: FakeTransport[] = [];
  const media = new FakeMedia();
  const nextLine = new FakeSignaling();
  let page: PageWatcher | undefined;
  const seats = new Map<string, Resume>();
  const call = new CallSession(
    {
      ...DEFAULT_OPTIONS,
      room: 'standup',
      serverUrl: 'https://calls.example.org',
      displayName: 'Ana',
      ...options,
    },
    {
      media,
      logger: SILENT_LOGGER,
      createSignaling: () => {
        const line = lines.length === 0 ? nextLine : new FakeSignaling();
        lines.push(line);
        return line;
      },
      createTransport: (context, doorstep) => {
        onTransport?.(doorstep);
        const transport = new FakeTransport(context);
        transports.push(transport);
        return transport;
      },
      createTalker: (context) => new Talk(context),
      seats: {
        save: (_serverUrl, room, seat) => void seats.set(room, seat),
        take: (_serverUrl, room) => {
          const seat = seats.get(room) ?? null;
          seats.delete(room);
          return seat;
        },
      },
      recorder: () => Promise.reject(new Error('no recorder here')),
      effects: () => Promise.reject(new Error('no effects here')),
      watchPage: (watcher) => (page = watcher),
      ...deps,
    },
  );
  open.add(call);
  const facts: CallFact[] = [];
  call.onFact((fact) => facts.push(fact));
  const types = (): string[] => facts.map(({ type }) => type);
  return { call, lines, line: nextLine, transports, media, facts, types, seats, page: () => page as PageWatcher };
}
