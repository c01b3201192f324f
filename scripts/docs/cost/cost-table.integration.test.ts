import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { STANDING_MONTH_USD } from '../../../packages/prediction/src/index.ts';
import { REPOSITORY } from '../../workspace-services.ts';
import { packagedStacks } from '../packaged-stacks.ts';
import { costTable, fleetTable, standingUsd } from './cost-table.ts';
import { monthlyCost } from './monthly-cost.ts';

/** A queue or an alarm more changes cents; what is told is what a month costs, to fifteen cents or 5 %. */
const figuresOf = (table: string): readonly number[] =>
  [...table.matchAll(/\$([\d,.]+)/g)].map(([, figure = '']) => Number(figure.replaceAll(',', '')));

test.each([
  ['cost-table', costTable],
  ['fleet-table', fleetTable],
])(
  'the %s of the documents is what the templates and the price book give; `pnpm cost-table --write` renews it',
  async (name, table) => {
    const text = await readFile(join(REPOSITORY, 'docs', 'getting-started.md'), 'utf8');
    const shown = new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)\n<!-- /${name} -->`).exec(text)?.[1];

    const [figures, computed] = [figuresOf(shown ?? ''), figuresOf(table(await packagedStacks()))];

    expect(figures).toHaveLength(computed.length);
    const strays = computed.filter((usd, at) => Math.abs(usd - (figures[at] ?? 0)) > Math.max(0.15, 0.05 * usd));
    expect(strays).toEqual([]);
  },
  600_000,
);

test('what stands is told as what the templates cost at rest, by `lamplighter cost` and by the README', async () => {
  const standing = standingUsd(await packagedStacks(), 'direct');
  const readme = await readFile(join(REPOSITORY, 'README.md'), 'utf8');

  expect(STANDING_MONTH_USD).toBeCloseTo(standing, 2);
  expect(readme).toContain(`$${standing.toFixed(2)} a month at list prices`);
}, 600_000);

test('nothing called costs what stands there alone; a stream costs what goes through it', () => {
  expect(monthlyCost({ invocations: 0, functions: 10 }, 'direct', 2)).toMatchObject({ totalUsd: 2 });
  const load = { invocations: 1e9, functions: 10 };
  const { parts } = monthlyCost(load, 'stream', 0);
  expect(parts.stream).toBeGreaterThan(0);
  expect(parts.compute).toBeLessThan(monthlyCost(load, 'direct', 0).parts.compute);
});

test('ten times the calls cost more, and less than ten times as much', () => {
  const [some, more] = [1e6, 1e7].map(
    (invocations) => monthlyCost({ invocations, functions: 10 }, 'direct', 0).totalUsd,
  );
  expect(more).toBeGreaterThan(some ?? 0);
  expect(more).toBeLessThan(10 * (some ?? 0));
});
