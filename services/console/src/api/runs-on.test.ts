import { expect, test } from '@jest/globals';
import { type ForecastsQuery, type FunctionWindow, WindowsClosed } from '@lamplighter/contracts';
import { costOfInvocation } from '@lamplighter/pricing';
import { aGet, answered, fakeDeps, NOW } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const OF = { functionName: 'pay', accountId: '1', region: 'eu-west-1' };
const CALL = { billedDurationMs: 200, memorySizeMb: 1_024 };
const NOTHING = { todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, monthUsd: 0, monthLowerUsd: 0, monthUpperUsd: 0 };
const cost = { ...NOTHING, at: NOW, lastHourUsd: 0, basis: 'forecast' as const, knownFrom: 0 };
/** What the audit tells is priced as x86_64. */
const costUsd = costOfInvocation(CALL);
const minute: FunctionWindow = {
  ...WindowsClosed.example.windows[0]!.figures,
  ...{ functionName: 'pay', start: NOW - (NOW % 60_000) - 120_000, invocations: 10, costUsd: 10 * costUsd },
};
const invocation = {
  ...OF,
  ...{ requestId: 'r-1', logGroup: 'g', logStream: 's', startedAt: NOW, coldStart: false, status: 'success' as const },
  ...{ messages: [], logLines: 0, attempts: 1, missing: [], costUsd },
};

/** A function of which the prediction service tells this. */
const shop = (runsOn?: { readonly architecture: 'arm64' | 'x86_64'; readonly architectureSince?: number }) =>
  fakeDeps({
    async audit({ kind }) {
      if (kind === 'by-request')
        return answered({ kind: 'story' as const, story: { invocation, attempts: [], lines: [], linesOmitted: 0 } });
      if (kind === 'functions') return answered({ kind, functions: [{ ...OF, logGroup: 'g' }] });
      if (kind === 'windows') return answered({ kind, windows: [minute] });
      return answered({ kind: 'completeness' as const, hours: [] });
    },
    ...(runsOn && {
      async forecasts({ kind }: ForecastsQuery) {
        expect(kind).toBe('costs');
        const resource = { accountId: '1', region: 'eu-west-1', type: 'lambda-function' as const, name: 'pay' };
        return answered({
          kind: 'costs' as const,
          costs: [
            { resource: { ...resource, region: 'eu-north-1' }, cost, architecture: 'x86_64' as const },
            { resource, cost, ...runsOn },
          ],
          lamplighter: { monthUsd: 0, parts: [] },
        });
      },
    }),
  });

async function shown(deps: ReturnType<typeof shop>) {
  const page = async (path: string, query: Record<string, string>) =>
    JSON.parse((await answerApi(aGet(path, query), deps)).body);
  const { view } = await page('/api/function', { name: 'pay', account: '1', region: 'eu-west-1' });
  const { story, pricedFor } = await page('/api/request', { id: 'r-1' });
  const { rows } = await page('/api/fleet', {});
  return {
    usd: [
      view.totals.costUsd / 10,
      Math.max(...view.columns.map((column: { costUsd: number }) => column.costUsd)) / 10,
      rows[0].costUsd / 10,
      story.invocation.costUsd,
    ],
    architectures: [view.architecture, pricedFor],
  };
}

const four = (usd: number) => Array<unknown>(4).fill(expect.closeTo(usd, 12));

test('the fleet, a function and a request tell the price of what the function runs on', async () => {
  expect(await shown(shop({ architecture: 'arm64' }))).toEqual({
    usd: four(costOfInvocation({ ...CALL, architecture: 'arm64' })),
    architectures: ['arm64', 'arm64'],
  });
});

test('where it is not known what a function runs on, its price is that of x86_64, and no architecture is told', async () => {
  expect(await shown(shop())).toEqual({ usd: four(costUsd), architectures: [undefined, undefined] });
});

test('minutes before a function moved have the price of what it ran on then', async () => {
  const { usd } = await shown(shop({ architecture: 'arm64', architectureSince: NOW - 1 }));

  expect(usd.slice(0, 3)).toEqual(Array(3).fill(expect.closeTo(costUsd, 12)));
  expect(usd[3]).toBeLessThan(costUsd);
});
