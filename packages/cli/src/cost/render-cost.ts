import { escapeText } from '../terminal/escape-text.ts';
import { formatCost, formatTime } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';
import type { CostReport } from './cost-report.ts';

type Cost = CostReport['costs'][number];

const BASIS: Readonly<Record<Cost['cost']['basis'], string>> = {
  forecast: 'forecast',
  'run-rate': 'at the rate seen so far: less than two days are known',
  'nothing-seen': 'nothing seen',
};

/** What each function and account costs, dearest first, and Lamplighter itself. */
export function renderCost({ costs, lamplighter }: CostReport, paint: Paint): string {
  const dearest = [...costs].sort((a, b) => rank(a) - rank(b) || b.cost.monthUsd - a.cost.monthUsd);
  const head = row(['', 'today so far', 'today', 'this month so far', 'this month', '95 %']);
  const parts = lamplighter.parts.map(({ name, usd }) => `  ${name.padEnd(34)}${formatCost(usd).padStart(14)}`);
  return [
    paint('dim', head),
    ...dearest.map(costRow),
    '',
    ...new Set(
      dearest.map(({ cost }) => `This month: ${BASIS[cost.basis]}; known from ${formatTime(cost.knownFrom)}.`),
    ),
    'Measured: what the functions were billed for, from their own logs, at list prices without a free tier.',
    '',
    `Lamplighter itself, for watching all of them: ${formatCost(lamplighter.monthUsd)} this month (computed from its design and the price book, not measured)`,
    ...parts,
    '',
  ].join('\n');
}

const rank = ({ resource }: Cost): number => (resource.type === 'account' ? 0 : 1);

function costRow({ resource, cost }: Cost): string {
  const name = resource.type === 'account' ? `account ${resource.name} ${resource.region}` : resource.name;
  return row([
    escapeText(name),
    formatCost(cost.todaySoFarUsd),
    formatCost(cost.todayUsd),
    formatCost(cost.monthSoFarUsd),
    formatCost(cost.monthUsd),
    `${formatCost(cost.monthLowerUsd)} to ${formatCost(cost.monthUpperUsd)}`,
  ]);
}

const row = ([name = '', ...cells]: readonly string[]): string =>
  `${name.padEnd(36)}${cells.map((cell) => cell.padStart(19)).join('')}`.trimEnd();
