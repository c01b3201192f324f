import type { ChangedSetting, FunctionChange } from '@lamplighter/contracts';
import type { FunctionIdentity } from '../news/function-news.ts';
import { isCutOf, shortText } from './setting-text.ts';

/** What `$LATEST` is, as Lambda describes it. */
export interface Released {
  /** Epoch milliseconds: when its code or its configuration was modified last. */
  readonly modifiedAt: number;
  readonly codeSha256?: string;
  /** Settings that are compared, by their names: whole, or of those that were stored before that the first two hundred characters. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * What was changed at `$LATEST` between two looks at it, whether or not a trail tells of calls. Of several changes between two looks the last one's time is known.
 * Settings that are none say that they were compared, and that none is another. Modified with the same code and the same settings: its variables, or a setting that is not compared. What differs is told even where the time is the same: calls of one moment share it.
 */
export function changesBetween(
  identity: FunctionIdentity,
  before: Released | undefined,
  now: Released | undefined,
): FunctionChange[] {
  if (now === undefined) return [];
  const { accountId, region, functionName } = identity;
  const { modifiedAt: at, codeSha256 } = now;
  const change = (told: Pick<FunctionChange, 'kind' | 'settings'>): FunctionChange => ({
    ...{
      changeId: `lambda/${told.kind}/${at}`,
      accountId,
      region,
      functionName,
      at,
      source: 'lambda',
      version: '$LATEST',
    },
    ...told,
    ...(codeSha256 !== undefined && { codeSha256 }),
  });
  if (before === undefined) return [change({ kind: 'unknown' })];
  const settings = differences(before.settings, now.settings);
  const isOtherCode = before.codeSha256 !== codeSha256;
  if (before.modifiedAt === at && !isOtherCode && settings.length === 0) return [];
  return [
    // Where settings are others as well, the configuration tells them.
    ...(isOtherCode ? [change({ kind: 'code', ...(settings.length === 0 && { settings }) })] : []),
    ...(isOtherCode && settings.length === 0 ? [] : [change({ kind: 'configuration', settings })]),
  ];
}

/** The settings that differ. Of values that differ behind what is kept of them both look the same. */
export const differences = (before: Released['settings'], now: Released['settings']): ChangedSetting[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .map((name) => ({ name, before: before[name] ?? 'none', after: now[name] ?? 'none' }))
    .filter((one) => one.before !== one.after && !isCutOf(one.before, one.after))
    .map((one) => ({ name: one.name, before: shortText(one.before), after: shortText(one.after) }));
