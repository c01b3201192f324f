import { createHash } from 'node:crypto';
import { type AccountIdentity, accountKey, type Subject, subjectKey } from '../domain/subject.ts';

/** Keys of the prediction table. An account's partition holds what its functions share and what is foreseen of them. */
export const stateKey = (subject: Subject) => ({
  pk: `${subject.functionName === undefined ? 'ACCOUNT' : 'FUNCTION'}#${subjectKey(subject)}`,
  sk: 'STATE',
});
/** What of a state changes once an hour. */
export const historyKey = (subject: Subject) => ({ ...stateKey(subject), sk: 'HISTORY' });
export const accountPartition = (account: AccountIdentity): string => `ACCOUNT#${accountKey(account)}`;
export const MINUTES = 'MINUTES#';
export const VIEW = 'FORECAST#';
export const BREACH = 'BREACH#';
export const ACCOUNTS = 'ACCOUNTS';

/** Sorted by when it was first told; ids hold names, which may be long, so they are hashed. */
export const breachSortKey = (breachId: string): string =>
  `${BREACH}${breachId.slice(breachId.lastIndexOf('/') + 1)}#${createHash('sha256').update(breachId).digest('hex')}`;
