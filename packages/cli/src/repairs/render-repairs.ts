import type { Remediation } from '@lamplighter/contracts';
import { escapeLines, escapeText } from '../terminal/escape-text.ts';
import { fitRow, type Row, wrapWords } from '../terminal/fit-row.ts';
import { formatAmount, formatCount, formatMinute } from '../terminal/format-value.ts';
import type { Colour, Paint } from '../terminal/paint.ts';

/** Columns of the longest name of a fact. */
const NAMES = 9;

/** Repairs, a row each; `width`: columns that a line may fill. */
export function renderRepairs(repairs: readonly Remediation[], paint: Paint, width = Number.POSITIVE_INFINITY): string {
  const rows = repairs.flatMap((repair) => fitRow(rowOf(repair), paint, width));
  return `${[...rows, paint('dim', formatCount(repairs.length, 'repair'))].join('\n')}\n`;
}

/** What was done about a finding, and what to type to see it; `place` names the deployment. Nothing where nothing was. */
export const renderDone = (repairs: readonly Remediation[], paint: Paint, place = ''): string =>
  repairs.length === 0
    ? ''
    : `\n${[
        paint('bold', 'Done about it'),
        ...repairs.flatMap((repair) => [
          `  ${repairLine(repair, paint)}`,
          `    pnpm lamplighter repairs ${escapeText(repair.remediationId)}${place}`,
        ]),
      ].join('\n')}\n`;

export const repairLine = (repair: Remediation, paint: Paint): string =>
  fitRow(rowOf(repair), paint, Number.POSITIVE_INFINITY).join('');

function rowOf(repair: Remediation): Row {
  const { state, remediationId, title, updatedAt } = repair;
  return {
    ...{ mark: endOf(repair).padEnd(17), colour: colourOf(state), note: formatMinute(updatedAt) },
    ...{ id: escapeText(remediationId), title: escapeText(title) },
  };
}

/** What was withdrawn had not failed, and so is not said to be rolled back; what failed before it changed anything left nothing behind. */
function endOf({ state, withdrawn, untouched, takenBack }: Remediation): string {
  if (untouched) return 'failed, untouched';
  if (takenBack) return 'kept, taken back';
  return withdrawn === undefined ? state : 'withdrawn';
}

/** One repair, within `width` columns: why, at what cost, what was decided and measured, how it is undone, and the patch that makes it permanent. */
export function renderRepair(
  repair: Remediation,
  paint: Paint,
  { executionArn, width = Number.POSITIVE_INFINITY }: { readonly executionArn?: string; readonly width?: number } = {},
): string {
  const { title, state, patch, updatedAt } = repair;
  const carriedOut = executionArn === undefined ? [] : [['execution', executionArn] as const];
  const facts = [...factsOf(repair), ...carriedOut].map(
    ([name, value]) =>
      `  ${paint('dim', name.padEnd(NAMES))} ${escapeLines(value)
        .flatMap((line) => wrapWords(line, width - NAMES - 3))
        .join(`\n${' '.repeat(NAMES + 3)}`)}`,
  );
  const lines = [
    `${paint('bold', escapeText(title))}  ${paint(colourOf(state), endOf(repair))} ${paint('dim', formatMinute(updatedAt))}`,
    '',
    ...facts,
  ];
  if (patch !== undefined)
    lines.push('', paint('bold', 'Make it permanent'), ...escapeLines(patch).map((line) => `  ${line}`));
  return `${lines.join('\n')}\n`;
}

function factsOf(repair: Remediation): (readonly [string, string])[] {
  const {
    remediationId,
    findingId,
    reason,
    evidence,
    risk,
    undo,
    refusals,
    decisions,
    verification,
    failure,
    withdrawn,
    leftToOwner,
  } = repair;
  const facts: (readonly [string, string])[] = [
    ['repair', remediationId],
    ['finding', findingId],
    ['why', reason],
    ...evidence.map(({ text }) => ['evidence', text] as const),
    ['cost', costOf(repair)],
    ...(repair.adviser === undefined ? [] : [['adviser', adviserOf(repair.adviser)] as const]),
    ['risk', risk],
    ['undo', undo],
    ...refusals.map(({ rail, reason: why, lift }) => ['refused', `${rail}: ${why} ${lift}`] as const),
    ...decisions.map(({ by, decision, through }) => [decision, `${by}, through ${through}`] as const),
  ];
  if (verification !== undefined) facts.push(['measured', measured(verification)]);
  if (failure !== undefined) facts.push(['failure', failure]);
  if (withdrawn !== undefined) facts.push(['withdrawn', withdrawn]);
  if (leftToOwner !== undefined) facts.push(['left', leftToOwner]);
  return facts;
}

/** Answers cost fractions of a cent. */
const adviserOf = ({ modelId, isUsed, inputTokens, outputTokens, costUsd }: NonNullable<Remediation['adviser']>) =>
  `${costUsd === undefined ? 'unknown USD' : `$${costUsd.toFixed(6)}`} for ${inputTokens} + ${outputTokens} tokens of ${modelId}, ${isUsed ? 'its order was taken' : 'its answer was no order'}`;

const measured = ({ metric, before, after, target, unit, windows }: NonNullable<Remediation['verification']>): string =>
  `${metric} ${round(before)} -> ${round(after)} ${unit}, wanted ${round(target)}, over ${formatCount(windows, 'minute')}`;

const round = (value: number): string => String(Number(value.toPrecision(4)));

const costOf = ({ costPerHourUsd, costPerMonthUsd }: Remediation): string =>
  costPerHourUsd === 0 && costPerMonthUsd === 0
    ? 'nothing'
    : `${dollars(costPerHourUsd)} an hour, ${dollars(costPerMonthUsd)} a month`;

const dollars = (usd: number): string => `${usd < 0 ? '-' : '+'}${formatAmount(Math.abs(usd))}`;

function colourOf(state: Remediation['state']): Colour {
  if (state === 'kept') return 'green';
  if (state === 'failed' || state === 'refused') return 'red';
  return state === 'awaiting-approval' || state === 'rolled-back' ? 'yellow' : 'cyan';
}
