import type { SubjectKey, SubjectKeys } from '../ports.ts';

/**
 * Keys that are asked for once, for the moment of one batch or request. An erasure meanwhile makes what was sealed with the
 * old key unreadable, which is what it is for.
 */
export function rememberedKeys(keys: SubjectKeys): SubjectKeys {
  const known = new Map<string, Promise<SubjectKey | undefined>>();
  const remember = <T extends SubjectKey | undefined>(subject: string, asked: Promise<T>): Promise<T> => {
    known.set(subject, asked);
    asked.catch(() => known.delete(subject));
    return asked;
  };
  return {
    find: (subject) => known.get(subject) ?? remember(subject, keys.find(subject)),
    async obtain(subject) {
      const before = known.get(subject);
      const found = await before;
      if (found !== undefined) return found;
      const meanwhile = known.get(subject);
      // Of those who found none together, the first makes one.
      if (meanwhile !== undefined && meanwhile !== before) return (await meanwhile) ?? keys.obtain(subject);
      return remember(subject, keys.obtain(subject));
    },
    renew: (subject, generation) => remember(subject, keys.renew(subject, generation)),
    erase(subject, erasedAtMs) {
      known.delete(subject);
      return keys.erase(subject, erasedAtMs);
    },
  };
}
