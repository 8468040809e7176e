/** Addresses as STUN writes them: mixed with the magic cookie, so that no router on the way rewrites them. */
import { isIPv4, isIPv6 } from 'node:net';

export interface StunAddress {
  readonly address: string;
  readonly port: number;
}

const COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42]);

export function encodeAddress({ address, port }: StunAddress, transaction: Buffer): Buffer {
  const raw = isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : bytesOfV6(address);
  const result = Buffer.alloc(4 + raw.length);
  result[1] = raw.length === 4 ? 1 : 2;
  result.writeUInt16BE(port ^ 0x2112, 2);
  mixed(raw, transaction).copy(result, 4);
  return result;
}

export function decodeAddress(value: Buffer, transaction: Buffer): StunAddress {
  const raw = mixed(value.subarray(4), transaction);
  const address =
    value[1] === 1
      ? [...raw].join('.')
      : Array.from({ length: 8 }, (_, index) => raw.readUInt16BE(index * 2).toString(16)).join(':');
  return { address, port: value.readUInt16BE(2) ^ 0x2112 };
}

function mixed(raw: Buffer, transaction: Buffer): Buffer {
  const mask = Buffer.concat([COOKIE, transaction]);
  return Buffer.from(raw.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

function bytesOfV6(address: string): Buffer {
  if (!isIPv6(address)) throw new Error(`"${address}" is not an IP address`);
  const tail = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain =
    tail === null
      ? address
      : `${tail[1]}${(Number(tail[2]) * 256 + Number(tail[3])).toString(16)}:${(Number(tail[4]) * 256 + Number(tail[5])).toString(16)}`;
  const [head = '', rest] = plain.split('::', 2);
  const first = head === '' ? [] : head.split(':');
  const last = rest === undefined || rest === '' ? [] : rest.split(':');
  const groups = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  const result = Buffer.alloc(16);
  groups.forEach((group, index) => result.writeUInt16BE(Number.parseInt(group, 16), index * 2));
  return result;
}
