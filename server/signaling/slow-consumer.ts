/**
 * Cuts a connection whose client does not read. Its pings may be answered all the while, so nothing else
 * notices, and the queue would grow without bound. Knows the queue of Engine.IO, nothing above it.
 */
export interface QueueLimits {
  readonly queuedPackets: number;
  readonly queuedBytes: number;
}

/** The part of an Engine.IO socket that is used; its types keep the queue to themselves. */
export interface QueuedConnection {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  on(event: 'packetCreate', listener: () => void): unknown;
}

export function watchQueue(connection: QueuedConnection, limits: QueueLimits, cut: () => void): void {
  let isCut = false;
  connection.on('packetCreate', () => {
    const queue = connection.writeBuffer;
    // Nearly always empty: then this costs one comparison per packet.
    if (queue.length === 0 || isCut) return;
    if (queue.length < limits.queuedPackets && bytesIn(queue) < limits.queuedBytes) return;
    isCut = true;
    cut();
  });
}

function bytesIn(queue: readonly { readonly data?: unknown }[]): number {
  let bytes = 0;
  for (const { data } of queue) if (typeof data === 'string') bytes += data.length;
  return bytes;
}
