import type { SubjectKey, SubjectKeys } from '../ports.ts';

/**
 * The key for what a message says of a subject. A subject that was erased gets another key only for messages that were
 * written after that: they are a guest who came back. An older one, which arrives late or again, brings nobody back.
 */
export async function keyForMessageOf(subject: string, changedAtMs: number, keys: SubjectKeys): Promise<SubjectKey> {
  const key = await keys.obtain(subject);
  const isBack = key.kind === 'erased' && changedAtMs > key.erasedAtMs;
  return isBack ? keys.renew(subject, key.generation + 1) : key;
}
