/** What is wrong with a certificate, by the code Node has for it, and what its owner does about it. */

const ADVICE: readonly (readonly [codes: RegExp, advice: string])[] = [
  [/CERT_HAS_EXPIRED/, 'It has expired: renew it, and look why that did not happen by itself.'],
  [/CERT_NOT_YET_VALID/, 'It is not valid yet: set the clocks from the network (systemd-timesyncd).'],
  [/ALTNAME/, 'It was made for another name: get one for this name.'],
  [
    /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/,
    'Its chain is not complete, or nobody knows who issued it: serve the full chain (fullchain.pem, not cert.pem).',
  ],
  [
    /SELF_SIGNED_CERT_IN_CHAIN/,
    'Nobody but you knows who issued it: get one from a public authority, for example by Caddy or certbot.',
  ],
  [/SELF_SIGNED/, 'It was made by the machine itself: get one from a public authority, for example by Caddy or certbot.'],
  [
    /CERT|REVOKED|CRL/,
    'Browsers do not accept it: get one for this name from a public authority, for example by Caddy or certbot.',
  ],
];

/** `undefined` where the certificate is not to blame. */
export function certificateAdvice(code: string): string | undefined {
  return ADVICE.find(([codes]) => codes.test(code))?.[1];
}
