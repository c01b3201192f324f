import type { Resource } from '@lamplighter/prediction';

/** An account in a region. */
export interface AccountIdentity {
  readonly accountId: string;
  readonly region: string;
}

/** What is foreseen: a function, or an account where no function is named. */
export interface Subject extends AccountIdentity {
  readonly functionName?: string;
}

export const accountKey = ({ accountId, region }: AccountIdentity): string => `${accountId}:${region}`;

/** Names a subject in a table. */
export const subjectKey = (subject: Subject): string =>
  subject.functionName === undefined ? accountKey(subject) : `${accountKey(subject)}:${subject.functionName}`;

/** The subject as findings, forecasts and breaches name it. */
export const resourceOf = ({ accountId, region, functionName }: Subject): Resource =>
  functionName === undefined
    ? { accountId, region, type: 'account', name: accountId }
    : { accountId, region, type: 'lambda-function', name: functionName };
