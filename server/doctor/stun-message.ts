/**
 * STUN messages as bytes (RFC 8489), with the attributes TURN adds (RFC 8656): written, signed and
 * read. Only what the doctor needs to knock at a relay; knows no sockets and no state.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { decodeAddress, encodeAddress, type StunAddress } from './stun-address.js';

export const METHODS = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
} as const;
export type StunMethod = keyof typeof METHODS;

const CLASSES = { request: 0x000, indication: 0x010, success: 0x100, error: 0x110 } as const;
export type StunClass = keyof typeof CLASSES;

const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  peerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  addressFamily: 0x0017,
  requestedTransport: 0x0019,
  mappedAddress: 0x0020,
} as const;

export const HEADER_BYTES = 20;
export const MAGIC_COOKIE = 0x2112_a442;
const UDP = 17;

/** What a message says, and what it needs to be believed. */
export interface StunRequest {
  readonly method: StunMethod;
  readonly indication?: boolean;
  readonly allocate?: 'ipv4' | 'ipv6';
  readonly lifetime?: number;
  readonly peer?: StunAddress;
  readonly data?: Buffer;
  readonly credentials?: {
    readonly username: string;
    readonly credential: string;
    readonly realm: string;
    readonly nonce: Buffer;
  };
}

export interface StunMessage {
  readonly kind: StunClass;
  readonly method: number;
  readonly transaction: string;
  readonly errorCode?: number;
  readonly realm?: string;
  readonly nonce?: Buffer;
  readonly mapped?: StunAddress;
  readonly relayed?: StunAddress;
  readonly data?: Buffer;
}

export function encodeStun(request: StunRequest): { readonly bytes: Buffer; readonly transaction: string } {
  const transaction = randomBytes(12);
  const attributes: Buffer[] = [];
  if (request.allocate !== undefined) {
    attributes.push(attribute(ATTRIBUTE.requestedTransport, Buffer.from([UDP, 0, 0, 0])));
    if (request.allocate === 'ipv6') attributes.push(attribute(ATTRIBUTE.addressFamily, Buffer.from([2, 0, 0, 0])));
  }
  if (request.lifetime !== undefined) attributes.push(attribute(ATTRIBUTE.lifetime, uint32(request.lifetime)));
  if (request.peer !== undefined) attributes.push(attribute(ATTRIBUTE.peerAddress, encodeAddress(request.peer, transaction)));
  if (request.data !== undefined) attributes.push(attribute(ATTRIBUTE.data, request.data));
  const kind = request.indication === true ? CLASSES.indication : CLASSES.request;
  const type = METHODS[request.method] | kind;
  if (request.credentials === undefined)
    return { bytes: message(type, transaction, attributes), transaction: transaction.toString('hex') };
  const { username, credential, realm, nonce } = request.credentials;
  attributes.push(
    attribute(ATTRIBUTE.username, Buffer.from(username)),
    attribute(ATTRIBUTE.realm, Buffer.from(realm)),
    attribute(ATTRIBUTE.nonce, nonce),
  );
  const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest();
  // The signature covers everything before it, with a length that counts it already.
  const unsigned = message(type, transaction, attributes, 24);
  const signature = createHmac('sha1', key).update(unsigned).digest();
  return {
    bytes: Buffer.concat([unsigned, attribute(ATTRIBUTE.integrity, signature)]),
    transaction: transaction.toString('hex'),
  };
}

/** `undefined`: these bytes are no STUN message. */
export function decodeStun(bytes: Buffer): StunMessage | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32BE(4) !== MAGIC_COOKIE) return undefined;
  const type = bytes.readUInt16BE(0);
  const transaction = bytes.subarray(8, 20);
  const kind = (Object.keys(CLASSES) as StunClass[]).find((name) => CLASSES[name] === (type & 0x110)) ?? 'request';
  const found = new Map<number, Buffer>();
  for (let at = HEADER_BYTES; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2);
    const name = bytes.readUInt16BE(at);
    if (!found.has(name)) found.set(name, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  const read = <T>(name: number, as: (value: Buffer) => T): T | undefined => {
    const value = found.get(name);
    return value === undefined ? undefined : as(value);
  };
  const address = (value: Buffer) => decodeAddress(value, transaction);
  return {
    kind,
    method: type & ~0x110,
    transaction: transaction.toString('hex'),
    ...defined(
      'errorCode',
      read(ATTRIBUTE.errorCode, (value) => (value[2] ?? 0) * 100 + (value[3] ?? 0)),
    ),
    ...defined(
      'realm',
      read(ATTRIBUTE.realm, (value) => value.toString()),
    ),
    ...defined(
      'nonce',
      read(ATTRIBUTE.nonce, (value) => Buffer.from(value)),
    ),
    ...defined('mapped', read(ATTRIBUTE.mappedAddress, address)),
    ...defined('relayed', read(ATTRIBUTE.relayedAddress, address)),
    ...defined(
      'data',
      read(ATTRIBUTE.data, (value) => Buffer.from(value)),
    ),
  };
}

function defined<K extends string, T>(name: K, value: T | undefined): { readonly [key in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]: T });
}

function message(type: number, transaction: Buffer, attributes: readonly Buffer[], more = 0): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(
    attributes.reduce((sum, { length }) => sum + length, more),
    2,
  );
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  return Buffer.concat([header, transaction, ...attributes]);
}

function attribute(type: number, value: Buffer): Buffer {
  const result = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  result.writeUInt16BE(type, 0);
  result.writeUInt16BE(value.length, 2);
  value.copy(result, 4);
  return result;
}

function uint32(value: number): Buffer {
  const result = Buffer.alloc(4);
  result.writeUInt32BE(value, 0);
  return result;
}
