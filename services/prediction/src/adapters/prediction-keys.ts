import { createHash } from 'node:crypto';
import { type AccountIdentity, accountKey, gaugeKey, type Subject, subjectKey } from '../domain/subject.ts';

/** Keys of the prediction table. An account's partition holds what its functions share and what is foreseen of them. */
export const stateKey = (subject: Subject) => ({
  pk: `${partitionOf(subject)}#${subjectKey(subject)}`,
  sk: 'STATE',
});
const partitionOf = ({ gauge, functionName }: Subject): string =>
  gauge !== undefined ? 'GAUGE' : functionName === undefined ? 'ACCOUNT' : 'FUNCTION';
/** What of a state changes with every minute: of a function where its account reads it. */
export const liveKey = (subject: Subject) =>
  subject.functionName === undefined
    ? { ...stateKey(subject), sk: 'LIVE' }
    : { pk: accountPartition(subject), sk: `${MINUTES}${subject.functionName}` };
/** What of a state changes once an hour. */
export const historyKey = (subject: Subject) => ({ ...stateKey(subject), sk: 'HISTORY' });
export const accountPartition = (account: AccountIdentity): string => `ACCOUNT#${accountKey(account)}`;
export const MINUTES = 'MINUTES#';
export const VIEW = 'FORECAST#';
export const CAPACITY_VIEW = 'CAPACITY#';
export const viewSortKey = ({ gauge, functionName = '' }: Subject): string =>
  gauge === undefined ? `${VIEW}${functionName}` : `${CAPACITY_VIEW}${gaugeKey(gauge)}`;
export const BREACH = 'BREACH#';
export const ACCOUNTS = 'ACCOUNTS';

/** Sorted by when it was first told; ids hold names, which may be long, so they are hashed. */
export const breachSortKey = (breachId: string): string =>
  `${BREACH}${breachId.slice(breachId.lastIndexOf('/') + 1)}#${createHash('sha256').update(breachId).digest('hex')}`;
