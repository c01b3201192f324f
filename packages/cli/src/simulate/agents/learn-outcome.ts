import type { Experience } from '@lamplighter/remedies';

/** The experience with one outcome more. */
export function withOutcome(
  experience: readonly Experience[],
  { playbook, findingClass, isKept }: Pick<Experience, 'playbook' | 'findingClass'> & { readonly isKept: boolean },
): Experience[] {
  const isIt = (one: Experience): boolean => one.playbook === playbook && one.findingClass === findingClass;
  const known = experience.find(isIt) ?? { playbook, findingClass, kept: 0, undone: 0 };
  const next = isKept ? { ...known, kept: known.kept + 1 } : { ...known, undone: known.undone + 1 };
  return [...experience.filter((one) => !isIt(one)), next];
}
