import { createHash } from 'node:crypto';
import { type FunctionIdentity, functionKey } from '../domain/news/function-news.ts';

/** Keys of the analysis table. */
export const FINDING = 'FINDING';
export const OPEN_FINDINGS = 'open';
export const ALL_FINDINGS = 'all';

export const assessmentKey = (identity: FunctionIdentity) => ({
  pk: `FUNCTION#${functionKey(identity)}`,
  sk: 'ASSESSMENT',
});
/** Ids hold a function's name, which may be long: a key holds 2,048 bytes at most, so they are hashed. */
export const findingKey = (findingId: string) => ({
  pk: `FINDING#${createHash('sha256').update(findingId).digest('hex')}`,
  sk: FINDING,
});

/** Of all functions of a name, wherever they are: in the order of their time. */
export const changesKey = (functionName: string): string => `CHANGES#${functionName}`;
export const changeTime = (at: number): string => String(Math.floor(at)).padStart(15, '0');
export const changeKey = ({
  functionName,
  accountId,
  region,
  at,
  changeId,
}: FunctionIdentity & { readonly at: number; readonly changeId: string }) => ({
  pk: changesKey(functionName),
  sk: `${changeTime(at)}#${createHash('sha256').update(`${accountId} ${region} ${changeId}`).digest('hex').slice(0, 32)}`,
});
