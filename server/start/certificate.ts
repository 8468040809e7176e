/**
 * The certificate for `--https`: the operator's own, or one made here and kept, so that a phone has
 * to be talked into trusting it only once. Knows files and addresses of this machine.
 */
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { networkAddresses } from './network.js';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const DAYS = 397;
/** Renewed a week before its end, so that nobody meets an expired one. */
const RENEW_BEFORE_MS = 7 * 24 * 3_600_000;

export async function readCertificate(paths: { readonly cert: string; readonly key: string }): Promise<Certificate> {
  const read = async (path: string): Promise<string> => {
    try {
      return await readFile(path, 'utf8');
    } catch {
      throw new Error(`The file ${path} cannot be read.`);
    }
  };
  return { cert: await read(paths.cert), key: await read(paths.key) };
}

/** The kept certificate if it still fits this machine's names and addresses, otherwise a new one. */
export async function ownCertificate(folder: string, now: number = Date.now()): Promise<Certificate> {
  const names = ['localhost', hostname()];
  const addresses = ['127.0.0.1', '::1', ...networkAddresses()];
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const kept = await readCertificate(files).catch(() => undefined);
  if (kept !== undefined && fits(kept, addresses, now)) return kept;
  const made = await generate([{ name: 'commonName', value: 'webrtc-elements' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 3_600_000),
    notAfterDate: new Date(now + DAYS * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...names.map((value) => ({ type: 2 as const, value })), ...addresses.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, '.gitignore'), '*\n');
  await writeFile(files.cert, made.cert);
  await writeFile(files.key, made.private, { mode: 0o600 });
  return { cert: made.cert, key: made.private };
}

function fits({ cert }: Certificate, addresses: readonly string[], now: number): boolean {
  try {
    const certificate = new X509Certificate(cert);
    if (Date.parse(certificate.validTo) - RENEW_BEFORE_MS < now) return false;
    return addresses.every((address) => certificate.checkIP(address) !== undefined);
  } catch {
    return false;
  }
}
