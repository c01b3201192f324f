import { MINUTE_MS } from '@lamplighter/prediction';
import { sumMinutes } from '../domain/account-minutes.ts';
import type { AccountIdentity } from '../domain/subject.ts';
import { type PredictDeps, predictSubject } from './predict-subject.ts';

/**
 * The account of functions that were just taken in: all of its functions summed, up to the minute before their newest one, so that those that come a little
 * later are in the sum. Once a minute: who comes second finds it done.
 */
export async function predictAccount(account: AccountIdentity, newest: number, deps: PredictDeps): Promise<void> {
  const subject = { accountId: account.accountId, region: account.region };
  const seen = await deps.predictions.glance(subject);
  if (seen?.isTold && isDone(seen.newest, newest)) return;
  await predictSubject(
    subject,
    async (stored) =>
      isDone(stored?.state.load.newest, newest) ? [] : sumMinutes(await deps.predictions.minutesOf(account), newest),
    deps,
  );
}

const isDone = (known = 0, newest: number): boolean => known >= newest - MINUTE_MS;
