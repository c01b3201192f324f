import { figuresInALine, markdownTable } from '../markdown-table.ts';
import type { Chain } from './follow-chain.ts';
import type { HarmRow } from './harmful-rollback.ts';
import type { RepairRow } from './judge-case.ts';

const COLUMNS = [
  'fault',
  'found as, after',
  'playbook and change',
  'applied after',
  'measured: before -> after, target',
  'p95: harmed -> after, band',
  'back in window',
  'ended',
  'also',
  'the resource itself says',
  'why',
];

export interface RepairsSeen {
  readonly totals: Readonly<Record<string, unknown>>;
  readonly rows: readonly RepairRow[];
  readonly harm: HarmRow | undefined;
  readonly chain: Chain | undefined;
}

/** Tables in Markdown: docs/benchmarks.md shows them as they are. */
export function renderRepairs({ totals, rows, harm, chain }: RepairsSeen): string {
  return [
    figuresInALine(totals),
    markdownTable(COLUMNS, rows.map(cellsOf)),
    ...(harm === undefined ? [] : [renderHarm(harm)]),
    ...(chain === undefined ? [] : [renderChain(chain)]),
  ].join('\n\n');
}

function cellsOf(row: RepairRow): readonly (string | number)[] {
  const { metric, figureBefore, figureAfter, figureTarget, harmMs, afterMs, bandMs } = row;
  return [
    row.fault,
    row.foundAs === '' ? 'not found' : `${row.foundAs}, ${row.foundAfterS} s`,
    row.playbook === '' ? '' : `${row.playbook}: ${row.change}`,
    row.appliedAfterS === '' ? '' : `${row.appliedAfterS} s`,
    metric === '' || metric === 'none' ? metric : `${metric}: ${figureBefore} -> ${figureAfter}, ${figureTarget}`,
    afterMs === '' ? `${harmMs} ms, ${bandMs} ms` : `${harmMs} -> ${afterMs} ms, ${bandMs} ms`,
    row.backInWindow,
    row.ended,
    row.also,
    row.truth,
    row.because,
  ];
}

const renderHarm = (harm: HarmRow): string =>
  [
    `A repair that makes things worse (${harm.fault}): ${harm.finding}, ${harm.change}, ${harm.ended} after ${harm.undoneAfterWindows} windows.`,
    `Calls that failed: ${percent(harm.failedBefore)} before, ${percent(harm.failedDuring)} while it was in force, ${percent(harm.failedAfter)} afterwards.`,
    `Snapshot ${harm.snapshot}; in force ${harm.during}; restored ${harm.restored}; ${harm.isEqual ? 'equal' : 'NOT EQUAL'}.`,
  ].join('\n');

const renderChain = ({ requestId, findingId, remediationId, executionArn, executionStatus, states, links }: Chain) =>
  [
    `Chain: audit ${requestId} -> explain ${findingId} -> repairs ${remediationId} -> ${executionArn} (${executionStatus}: ${states.join(' ')})`,
    ...Object.entries(links).map(([link, holds]) => `  ${holds ? 'yes' : 'NO '} ${link}`),
  ].join('\n');

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
