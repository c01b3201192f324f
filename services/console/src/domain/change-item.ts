import type { FunctionChange } from '@lamplighter/contracts';
import { sayChange } from '@lamplighter/diagnosis';

/** A change of a function as a page shows it. */
export interface ChangeItem extends Pick<FunctionChange, 'changeId' | 'at' | 'kind' | 'source'> {
  /** What was changed, and by whom where that is told. */
  readonly text: string;
}

export const changeItem = (change: FunctionChange): ChangeItem => {
  const { changeId, at, kind, source } = change;
  return { changeId, at, kind, source, text: sayChange(change) };
};

/** Beside a function's minutes, which tell themselves which versions are called for the first time. */
export const besideMinutes = (changes: readonly FunctionChange[]): ChangeItem[] =>
  changes.filter(({ source, kind }) => source !== 'logs' || kind !== 'version').map(changeItem);
