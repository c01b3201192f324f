import type { SimulationReport } from '@lamplighter/simulator';
import { escapeText } from '../terminal/escape-text.ts';
import { formatDuration, formatTime } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';
import { sparkline } from './sparkline.ts';

const LABEL_WIDTH = 22;
const MINUTES_PER_HOUR = 60;

type Cell = string | number;

/** A simulation for people: how it went over time, who got what, what it cost, and what was wrong with it. */
export function renderSimulation(
  report: SimulationReport,
  options: { paint: Paint; columns: number; seconds: number },
): string {
  const { paint, seconds } = options;
  const span = formatDuration(report.end - report.start);
  return `${[
    `${paint('bold', escapeText(report.name))}  ${formatTime(report.start)}, ${span}, seed ${report.seed}; simulated in ${seconds.toFixed(2)} s`,
    '',
    ...overTime(report, options),
    '',
    ...edges(report),
    ...functions(report),
    ...sources(report),
    ...databases(report),
    ...costs(report),
    ...comparison(report),
    ...truth(report),
    ...actions(report),
    ...assumptions(report),
  ].join('\n')}\n`;
}

function overTime({ perMinute }: SimulationReport, { columns }: { columns: number }): string[] {
  const width = Math.max(10, Math.min(100, columns - LABEL_WIDTH - 16));
  return Object.entries(perMinute)
    .filter(([name, values]) => !['cpuMs', 'computeUsd'].includes(name) && values.some((value) => value > 0))
    .map(([name, values]) => {
      const most = values.reduce((largest, value) => Math.max(largest, value), 0);
      const label = escapeText(name === 'costUsd' ? 'USD' : name).padEnd(LABEL_WIDTH);
      return `${label} ${sparkline(values, width).padEnd(Math.min(width, values.length))} ${plainNumber(most)}/min`.replace(
        /\/min$/,
        ['requests', 'throttles', 'errors', 'coldStarts', 'costUsd'].includes(name) ? '/min' : '',
      );
    });
}

function edges({ edges: rows }: SimulationReport): string[] {
  return table(
    ['edge', 'requests', 'served', 'throttled', 'failed', 'in flight'],
    rows.map((row) => [row.name, row.requests, row.served, row.throttled, row.failed, row.inFlight]),
  );
}

function functions({ functions: rows }: SimulationReport): string[] {
  return table(
    ['function', 'requests', 'ok', 'failed', 'throttled', 'cold starts', 'mean ms', 'peak concurrency', 'USD'],
    rows.map((row) => [
      row.name,
      row.requests,
      row.ok,
      row.failed,
      row.throttled,
      row.coldStarts,
      Number(row.meanDurationMs.toFixed(1)),
      row.peakConcurrency,
      usd(row.usd),
    ]),
  );
}

function sources({ sources: rows }: SimulationReport): string[] {
  return table(
    ['source', 'peak backlog', 'oldest'],
    rows.map(({ name, peakBacklog, peakAgeMs }) => [name, peakBacklog, formatDuration(peakAgeMs)]),
  );
}

function databases({ databases: rows }: SimulationReport): string[] {
  return table(
    ['database', 'peak ACU', 'peak connections', 'peak load'],
    rows.map((row) => [row.name, row.peakAcu, Math.round(row.peakConnections), `${row.peakLoadPct.toFixed(0)} %`]),
  );
}

function costs({ usage, costUsd }: SimulationReport): string[] {
  const rows = usage.map(({ resource, quantity, amount, usd: cost }): Cell[] => [
    resource,
    quantity,
    Number(amount.toPrecision(6)),
    usd(cost),
  ]);
  return table(['cost of', 'quantity', 'amount', 'USD'], [...rows, ['all', '', '', usd(costUsd)]]);
}

/** The dearest hour beside a fleet of servers that is always as large as the peak needs. */
function comparison({ peakHour, whole, start, end }: SimulationReport): string[] {
  const { fleet } = peakHour;
  const hours = (end - start) / 3_600_000;
  if (fleet.tasks === 0) return [];
  const minutes = Math.min(MINUTES_PER_HOUR, hours * MINUTES_PER_HOUR);
  return [
    `dearest hour, from ${formatTime(peakHour.start)}: ${usd(peakHour.usd)}, of it functions and APIs ${usd(peakHour.computeUsd)}; a fleet for the peak` +
      ` (${plainNumber(fleet.tasks)} ${fleet.tasks === 1 ? 'task' : 'tasks'}, sized by ${fleet.sizedBy}) ${usd((fleet.usdPerHour * minutes) / MINUTES_PER_HOUR)}`,
    `the whole time: functions and APIs ${usd(whole.computeUsd)}; the fleet, standing all the while, ${usd(whole.fleetUsd)}`,
    '',
  ];
}

function truth({ faults }: SimulationReport): string[] {
  return table(
    ['fault', 'at', 'from', 'until'],
    faults.map(({ kind, target, onset, end }) => [kind, target, formatTime(onset), formatTime(end)]),
  );
}

function actions({ actions: rows }: SimulationReport): string[] {
  return table(
    ['action', 'on', 'at', 'outcome'],
    rows.map(({ action, at, outcome }) => [
      action.kind,
      action.target,
      formatTime(at),
      outcome.kind === 'applied' ? 'applied' : `refused: ${outcome.reason}`,
    ]),
  );
}

function assumptions({ assumptions: changed }: SimulationReport): string[] {
  return table(['assumption', 'set to'], Object.entries(changed));
}

/** Columns as wide as they need, numbers to the right; nothing for no rows. */
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return [];
  const lines = [
    head,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? plainNumber(cell) : escapeText(cell)))),
  ];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const isRight = head.map((_, column) =>
    rows.every((row) => typeof row[column] === 'number' || /^\$|^$/.test(String(row[column]))),
  );
  const rendered = lines.map((line) =>
    line
      .map((cell, column) => (isRight[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  return [...rendered, ''];
}

const plainNumber = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 4 : 1 });

/** Dollars with cents where there are many, with more digits where there are few. */
const usd = (value: number): string => (value === 0 || value >= 1 ? `$${value.toFixed(2)}` : `$${value.toFixed(6)}`);
