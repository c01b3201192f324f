import type { FunctionWindow } from '../../../packages/contracts/src/index.ts';
import { windowsAsRun } from '../../../packages/pricing/src/index.ts';
import type { House } from '../house/house.ts';

const PREFIX = 'reservation-';

/** The windows of the application's functions between two times, by the audit, at the price of what each runs on. */
export async function auditedWindows(house: House, since: number, until: number): Promise<readonly FunctionWindow[]> {
  const answer = await house.audit({ kind: 'functions' });
  const functions = answer.kind === 'functions' ? answer.functions : [];
  const priced = await house.forecasts({ kind: 'costs' });
  const runsOn = new Map((priced.kind === 'costs' ? priced.costs : []).map((its) => [its.resource.name, its]));
  const windows = await Promise.all(
    functions
      .filter(({ functionName }) => functionName.startsWith(PREFIX))
      .map(async ({ functionName }) => {
        const asked = await house.audit({ kind: 'windows', functionName, since, until });
        return asked.kind === 'windows' ? windowsAsRun(asked.windows, runsOn.get(functionName) ?? {}) : [];
      }),
  );
  return windows.flat();
}

/** What the audit says of a minute. */
export async function auditedMinute(house: House, start: number): Promise<{ audited: number; usd: number }> {
  const windows = await auditedWindows(house, start, start + 60_000);
  return {
    audited: windows.reduce((sum, { invocations }) => sum + invocations, 0),
    usd: windows.reduce((sum, { costUsd }) => sum + costUsd, 0),
  };
}
