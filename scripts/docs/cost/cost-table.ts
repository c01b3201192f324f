import { standingCharges, type Template } from '../../../packages/pricing/src/index.ts';
import type { PackagedStack } from '../packaged-stacks.ts';
import { type Door, monthlyCost } from './monthly-cost.ts';

const MILLIONS = [0, 1, 10, 100, 1_000];
/** Functions that the calls are spread over. */
export const FUNCTIONS = 10;

/** The months' bills by volume and door, as a table in Markdown: what docs/getting-started.md shows. */
export function costTable(stacks: readonly PackagedStack[]): string {
  const standing = { direct: standingUsd(stacks, 'direct'), stream: standingUsd(stacks, 'stream') };
  const rows = MILLIONS.map((millions) => {
    const load = { invocations: millions * 1e6, functions: FUNCTIONS };
    const direct = monthlyCost(load, 'direct', standing.direct);
    const stream = monthlyCost(load, 'stream', standing.stream);
    const { compute, tables, stored, archive } = direct.parts;
    const cells = [direct.totalUsd, stream.totalUsd, compute, tables, stored, archive].map(usd);
    const perMillion = millions === 0 ? '-' : usd(direct.totalUsd / millions);
    return [millions === 0 ? 'idle' : millions.toLocaleString('en'), ...cells, perMillion];
  });
  const head = ['million invocations a month', 'direct', 'stream', 'of it compute', 'tables: writes and reads'];
  return [
    [...head, 'tables: 90 days stored', 'archive', 'direct, per million'],
    head.concat(['', '', '']).map(() => '---'),
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const FLEETS = [1, 5, 10, 20, 50, 100];
/** Calls a month of one function: about one an hour, one a minute, and so many that no minute is without. */
const PACES = { 'once an hour': 730, 'once a minute': 43_200, 'ten times a minute': 432_000 };

/** The months' bills by functions and how often each is called, direct door: what docs/getting-started.md shows. */
export function fleetTable(stacks: readonly PackagedStack[]): string {
  const standing = standingUsd(stacks, 'direct');
  const billOf = (functions: number, calls: number): string =>
    usd(monthlyCost({ functions, invocations: functions * calls }, 'direct', standing).totalUsd);
  const rows = FLEETS.map((functions) => [
    functions.toLocaleString('en'),
    ...Object.values(PACES).map((calls) => billOf(functions, calls)),
  ]);
  const head = ['functions', ...Object.keys(PACES).map((pace) => `each called ${pace}`)];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** USD a month at rest; what schedules and idle queues call by themselves included. */
export function standingUsd(stacks: readonly PackagedStack[], door: Door): number {
  const ofDoor = stacks.filter(({ name, resources }) => !name.includes('ingestion') || doorOf(resources) === door);
  return ofDoor
    .flatMap(({ resources }) => standingCharges({ Resources: resources } as unknown as Template))
    .reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0);
}

const doorOf = (resources: PackagedStack['resources']): Door =>
  Object.values(resources).some(({ Type }) => Type === 'AWS::Kinesis::Stream') ? 'stream' : 'direct';

const usd = (value: number): string =>
  `$${value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
