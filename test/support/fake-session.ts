/** A call whose devices, signaling, transport and page are the shipped fakes, each at hand. */
import { CallEngine, type CallEngineDeps } from '../../components/core/call-engine.js';
import { DEFAULT_OPTIONS, type CallOptions } from '../../components/core/call.js';
import type { CallFact } from '../../components/core/facts.js';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import type { PageWatcher } from '../../components/core/page.js';
import { PeerMessaging } from '../../components/core/messaging/peer-messaging.js';
import type { EarlyConnections } from '../../components/core/media/early-connections.js';
import { FakeMedia } from '../../components/testing/fake-media.js';
import { FakeSignaling } from '../../components/testing/fake-signaling.js';
import { FakeTransport } from '../../components/testing/fake-transport.js';
import type { Resume } from '../../server/protocol/schemas.js';

const open = new Set<CallEngine>();
export function closeCalls(): void {
  for (const call of open) call.close();
  open.clear();
}

export interface FakeDeps extends Partial<CallEngineDeps> {
  /** Hears what each transport is made with. */
  readonly onTransport?: (earlyConnections: EarlyConnections | null) => void;
}

export function setUp(options: Partial<CallOptions> = {}, { onTransport, ...deps }: FakeDeps = {}) {
  const signalings: FakeSignaling[] = [];
  const transports: FakeTransport[] = [];
  const media = new FakeMedia();
  const nextLine = new FakeSignaling();
  let page: PageWatcher | undefined;
  const seats = new Map<string, Resume>();
  const call = new CallEngine(
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
        const signaling = signalings.length === 0 ? nextLine : new FakeSignaling();
        signalings.push(signaling);
        return signaling;
      },
      createTransport: (kind, context, events) => {
        onTransport?.(context.earlyConnections);
        const transport = new FakeTransport(kind, context, events);
        transports.push(transport);
        return transport;
      },
      createMessaging: (context) => new PeerMessaging(context),
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
  return { call, signalings, signaling: nextLine, transports, media, facts, types, seats, page: () => page as PageWatcher };
}
