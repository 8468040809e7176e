/** Ids we make up ourselves: 128 random bits, base64url, as CLIENT_ID_PATTERN asks. Works on insecure origins, too. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
