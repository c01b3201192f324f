import { escapeText } from '../terminal/escape-text.ts';
import { fitTable, tellLeftOut } from '../terminal/fit-table.ts';
import { formatAmount, formatMinute } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';
import type { CostReport } from './cost-report.ts';

type Cost = CostReport['costs'][number];

/** How the day and the month are called: of logs they are those of their newest minute, which may be years ago. */
const wordsOf = ({ asOf }: Pick<CostReport, 'asOf'>) =>
  asOf === undefined ? { day: 'today', month: 'this month' } : { day: 'that day', month: 'that month' };

const headOf = ({ day, month }: ReturnType<typeof wordsOf>): readonly string[] => [
  ...['', `${day} so far`, day, `${month} so far`, month],
  ...['95 %', 'known until, UTC'],
];
/** Left out of a narrow window, the first to go first. */
const OPTIONAL = [6, 5, 3, 1];

const BASIS: Readonly<Record<Cost['cost']['basis'], string>> = {
  forecast: 'forecast',
  'run-rate': 'at the rate seen so far, because less than two days are known',
  'nothing-seen': 'nothing seen',
};

const ARCHITECTURE: Readonly<Record<CostReport['pricedAs'], string>> = {
  x86_64: 'Priced as x86_64, since logs do not tell the architecture: duration on arm64 costs a fifth less.',
  configured: 'Priced by architecture where Lambda could be asked; as x86_64, a quarter dearer, where it could not.',
};

/**
 * What each function and account costs, dearest first, and Lamplighter itself.
 * @param width columns that the table may fill
 */
export function renderCost(
  { costs, lamplighter, pricedAs, asOf }: CostReport,
  paint: Paint,
  width = Number.POSITIVE_INFINITY,
): string {
  const words = wordsOf(asOf === undefined ? {} : { asOf });
  const dearest = [...costs].sort((a, b) => rank(a) - rank(b) || b.cost.monthUsd - a.cost.monthUsd);
  const { head, rows, leftOut } = fitTable(
    { head: headOf(words), rows: dearest.map(cellsOf), optional: OPTIONAL },
    width,
  );
  const parts = lamplighter.parts.map(({ name, usd }) => `  ${name.padEnd(34)}${formatAmount(usd).padStart(14)}`);
  return [
    paint('dim', head),
    ...rows,
    ...tellLeftOut(leftOut).map((line) => paint('dim', line)),
    '',
    ...(asOf === undefined ? [] : [`The day and the month are those in which the logs end: ${formatMinute(asOf)}.`]),
    ...basesOf(dearest, words.month),
    "Measured, from the functions' own logs: requests and billed duration, on demand, at list prices of us-east-1.",
    'Not in it: free tier and volume tiers, provisioned concurrency, ephemeral storage above 512 MB.',
    ARCHITECTURE[pricedAs],
    '',
    `Lamplighter itself, for watching all of them: ${formatAmount(lamplighter.monthUsd)} ${words.month}${standingText(lamplighter)} (computed from its design and the price book, not measured)`,
    ...parts,
    '',
  ].join('\n');
}

/** What stands is no part of what watching costs. */
const standingText = ({ standingMonthUsd }: CostReport['lamplighter']): string =>
  standingMonthUsd === undefined
    ? ''
    : `, plus ${formatAmount(standingMonthUsd)} standing for alarms and polls of empty queues, before what is free of both`;

const rank = ({ resource }: Cost): number => (resource.type === 'account' ? 0 : 1);

function cellsOf({ resource, cost }: Cost): readonly string[] {
  return [
    escapeText(resource.type === 'account' ? `account ${resource.name} ${resource.region}` : resource.name),
    formatAmount(cost.todaySoFarUsd),
    formatAmount(cost.todayUsd),
    formatAmount(cost.monthSoFarUsd),
    formatAmount(cost.monthUsd),
    bandOf(cost),
    formatMinute(cost.at).replace(' UTC', ''),
  ];
}

/** Hours that do not differ, one alone above all, tell nothing of how they vary: a band of no width would claim to be certain. */
const bandOf = ({ basis, monthLowerUsd, monthUpperUsd }: Cost['cost']): string =>
  basis === 'run-rate' && monthLowerUsd === monthUpperUsd
    ? 'not known yet'
    : `${formatAmount(monthLowerUsd)} to ${formatAmount(monthUpperUsd)}`;

/** How the month was foreseen, a line a way, and since when anything is known. */
function basesOf(costs: readonly Cost[], month: string): readonly string[] {
  const bases = [...new Set(costs.map(({ cost }) => cost.basis))];
  return bases.map((basis) => {
    const known = costs.filter(({ cost }) => cost.basis === basis).map(({ cost }) => cost.knownFrom);
    return `${month.charAt(0).toUpperCase()}${month.slice(1)}: ${BASIS[basis]}; known from ${formatMinute(Math.min(...known))}.`;
  });
}
