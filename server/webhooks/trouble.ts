/** Why a webhook did not arrive, for the log: what the system calls it, and what an operator can do. Never the address. */

const ADVICE: readonly (readonly [codes: RegExp, advice: string])[] = [
  [/ECONNREFUSED/, 'nothing listens at WEBHOOK_URL'],
  [/ENOTFOUND|EAI_AGAIN/, 'the name in WEBHOOK_URL cannot be found'],
  [
    /CERT|SELF_SIGNED|VERIFY|ALTNAME/,
    'the certificate of WEBHOOK_URL is not valid (for an authority of your own: NODE_EXTRA_CA_CERTS)',
  ],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET/, 'the connection was closed before there was an answer'],
  [/TimeoutError|TIMEOUT|ETIMEDOUT/, 'there was no answer in time'],
  [/EPROTO|SSL/, 'what listens at WEBHOOK_URL speaks no HTTPS'],
  [/ENETUNREACH|EHOSTUNREACH/, 'there is no way to the machine of WEBHOOK_URL'],
];

export function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error as {
    readonly cause?: { readonly code?: unknown; readonly errors?: readonly { readonly code?: unknown }[] };
  };
  // `fetch` calls every trouble a TypeError; what happened stands in its cause, or in the first of several.
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? error.name;
  const word = typeof code === 'string' ? code : error.name;
  const advice = ADVICE.find(([codes]) => codes.test(word))?.[1];
  return advice === undefined ? word : `${word}: ${advice}`;
}

/** An answer that is a no. A redirect is not followed: it would carry signed content to a place nobody configured. */
export function troubleOfStatus(status: number): string {
  return status >= 300 && status < 400 ? `status ${status}: set WEBHOOK_URL to where it leads` : `status ${status}`;
}
