import { MINUTE_MS } from '@lamplighter/prediction';
import { sumMinutes } from '../domain/account-minutes.ts';
import type { AccountIdentity } from '../domain/subject.ts';
import { type PredictDeps, predictSubject } from './predict-subject.ts';

/**
 * The account of functions that were just taken in: all of its functions summed, up to the minute before their newest one, so that those that come a little
 * later are in the sum. Once a minute: who comes second finds it done.
 */
export async function predictAccount(account: AccountIdentity, newest: number, deps: PredictDeps): Promise<void> {
  const { accountId, region } = account;
  await predictSubject(
    { accountId, region },
    async (stored) => {
      const isDone = (stored?.state.load.newest ?? 0) >= newest - MINUTE_MS;
      return isDone ? [] : sumMinutes(await deps.predictions.minutesOf(account), newest);
    },
    deps,
  );
}
