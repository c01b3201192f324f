import type { WatchedFunction } from '@lamplighter/contracts';
import type { RunsOn } from '@lamplighter/pricing';
import { isSame } from '../domain/function-scope.ts';
import type { Services } from '../ports.ts';
import { answerIfAny } from './expect-answer.ts';

/** A function by its name; of any account and region where they are not named. */
export type FunctionName = Pick<WatchedFunction, 'functionName'> &
  Partial<Pick<WatchedFunction, 'accountId' | 'region'>>;

/** What a function runs on, as the prediction service has it from Lambda; nothing where it does not say. */
export async function runsOn(of: FunctionName, { forecasts }: Pick<Services, 'forecasts'>): Promise<RunsOn> {
  const { functionName: name, ...scope } = of;
  const asked = answerIfAny(await forecasts({ kind: 'costs', ...of }), 'costs');
  const its = asked?.costs.find(({ resource }) => isSame(resource, { name, ...scope }));
  return { architecture: its?.architecture, architectureSince: its?.architectureSince };
}
