import { expect, test } from '@jest/globals';
import { ProvisioningAdvised } from '@lamplighter/contracts';
import { anAdvice } from '../../../test/an-advice.ts';
import { type PlanEventDeps, planEvent } from './plan-event.ts';

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 0, 15, 12);
const { adviceId, ...rest } = anAdvice('rooms', 0, NOON);
const BODY = JSON.stringify({
  'detail-type': ProvisioningAdvised.detailType,
  detail: JSON.parse(ProvisioningAdvised.entry({ adviceId, ...rest }, adviceId).Detail) as unknown,
});

/** An advice behind another one whose repair is being applied, and never ends. */
function waiting(now: number) {
  const held: { readonly body: string; readonly delayMs: number }[] = [];
  const endless = { advisedAt: NOON - DAY_MS, remediation: { remediationId: 'endless', state: 'applying' } };
  const deps = {
    remediations: { ofFinding: async () => [endless] },
    home: { accountId: '123456789012', region: 'us-east-1' },
    logger: { info: () => undefined },
    hold: async (body: string, delayMs: number) => void held.push({ body, delayMs }),
    now: () => now,
  };
  return { held, deps: deps as unknown as PlanEventDeps };
}

test('what waits for a repair comes again and again, for as long as a repair can take, and then rings', async () => {
  const first = waiting(NOON);
  await planEvent(BODY, first.deps);
  const [{ body = '', delayMs } = {}] = first.held;
  expect([JSON.parse(body).heldSince, delayMs]).toEqual([NOON, 3 * 60_000]);

  const last = waiting(NOON + 14 * DAY_MS);
  await planEvent(body, last.deps);
  expect(last.held).toEqual([{ body, delayMs: 15 * 60_000 }]);

  const over = waiting(NOON + 14 * DAY_MS + 1);
  await expect(planEvent(body, over.deps)).rejects.toThrow('for a repair that does not end');
  expect(over.held).toEqual([]);
});
