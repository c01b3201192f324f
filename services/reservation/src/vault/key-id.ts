/** `<subject>:<generation>`: how a sealed text names its key. */
export const keyIdOf = ({ subject, generation }: { readonly subject: string; readonly generation: number }): string =>
  `${subject}:${generation}`;

/** The subject and generation that a key id names. */
export function readKeyId(keyId: string): { readonly subject: string; readonly generation: number } {
  const colon = keyId.lastIndexOf(':');
  return { subject: keyId.slice(0, colon), generation: Number(keyId.slice(colon + 1)) };
}
