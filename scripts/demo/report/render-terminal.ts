import { escapeText, type Paint } from '../../../packages/cli/src/index.ts';
import { clockOf, counted, figure, share, usd } from '../live/words.ts';
import { closerLooks } from './closer-looks.ts';
import { type DemoReport, membersOf } from './compose-report.ts';
import type { JudgedFault } from './judge-faults.ts';
import { whyForecastsMiss, whyWatchingCosts } from './say-why.ts';
import type { WatchedTotals } from './watched-totals.ts';

const NAME = 16;
const HOURS_A_MONTH = 730;

/** What happened, in figures. Each block says where its figures come from: real requests through real handlers, or the twin. */
export function renderReport(
  report: DemoReport,
  { paint, endpoint }: { readonly paint: Paint; readonly endpoint?: string },
): string {
  const block = (title: string, source: string, lines: readonly string[]): string[] => [
    `${paint('bold', title)}  ${paint('dim', source)}`,
    ...lines.map((line) => `  ${line}`),
    '',
  ];
  return [
    ...block('Audit', 'real requests through real handlers; calls as CloudWatch counted them', auditLines(report)),
    ...block('Faults', 'what was injected, against what was found and done', faultLines(report)),
    ...block('Forecasts', 'calls of the next five minutes, against the audit', forecastLines(report)),
    ...block('Alerts', 'messages that arrived', alertLines(report)),
    ...block('Cost', 'calls by the audit and the price book; Lamplighter by its design', costLines(report)),
    ...block('At 100,000 requests a second', 'the twin: simulated, not measured', saleLines(report)),
    ...block(
      'More closely',
      '',
      closerLooks(report, endpoint).flatMap(({ what, command }) => [paint('dim', `# ${what}`), escapeText(command)]),
    ),
  ].join('\n');
}

function auditLines({ minutes, watched, completenessPct }: DemoReport): string[] {
  const requests = minutes.reduce((sum, minute) => sum + minute.requests, 0);
  const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0);
  const head = ['function', 'invoked', 'audited', 'failed', 'cold starts', 'cost'];
  const rows = watched.map(
    ({ functionName, invoked, audited, failed: ended, coldStarts, usd: cost }: WatchedTotals) => [
      escapeText(functionName),
      ...[invoked, audited, ended, coldStarts].map((value) => value.toLocaleString('en-US')),
      `$${cost.toFixed(6)}`,
    ],
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  return [
    `${requests.toLocaleString('en-US')} requests of guests, ${failed} failed; ${share(completenessPct)} of all Lambda calls are audited by request ID`,
    ...[head, ...rows].map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
    ),
  ];
}

function faultLines({ truth }: DemoReport): string[] {
  const { faults, falseAlarms, advice } = truth;
  const found = faults.filter(({ finding }) => finding !== undefined).length;
  return [
    `${faults.length} injected, ${found} found, ${counted(falseAlarms.length, 'false alarm')}${falseAlarms.map(({ title }) => `: ${escapeText(title)}`).join('')}; ${advice.length} pieces of advice`,
    ...faults.flatMap(faultBlock),
  ];
}

function faultBlock({ name, finding, repair, isGone }: JudgedFault): string[] {
  const row = (label: string, text: string) => `  ${label.padEnd(NAME - 4)}${escapeText(text)}`;
  const after = (ms: number | undefined) => (ms === undefined ? 'never' : `after ${Math.round(ms / 1000)} s`);
  const share =
    finding?.cause?.share === undefined ? '' : `, explains ${Math.round(finding.cause.share * 100)} % of it`;
  const proof = repair?.verification;
  return [
    name,
    row('found', finding ? `${after(finding.afterMs)}: ${finding.title}` : 'never'),
    row(
      'cause',
      finding?.cause
        ? `${finding.cause.name}${share}${finding.isCauseRight ? '' : ', which is not what was injected'}`
        : 'not named',
    ),
    row('repaired', repair ? `${after(repair.appliedAfterMs)}: ${repair.title}` : 'never'),
    row(
      'verified',
      repair?.state === 'kept' && proof
        ? `${after(repair.endedAfterMs)}: ${proof.metric} ${figure(proof.before)} -> ${figure(proof.after)} ${proof.unit}`
        : `no, ${repair?.state ?? 'nothing was done'}`,
    ),
    row('really gone', isGone ? 'yes, asked of the resource itself' : 'no'),
  ];
}

function forecastLines(report: DemoReport): string[] {
  const { points, wape, naiveWape, coverage95Pct } = report.forecasts;
  if (points.length === 0) return ['none came due within the story'];
  return [
    `${points.length} forecasts came due: off by ${Math.round(100 * wape)} % (by ${Math.round(100 * naiveWape)} % for "as in the five minutes before"), ${Math.round(coverage95Pct)} % within their 95 % band`,
    ...lineIf(whyForecastsMiss(report)),
  ];
}

function alertLines({ alerts, paged, chatted }: DemoReport): string[] {
  const urgent = alerts.filter(({ severity }) => severity !== 'info');
  const quiet = alerts.filter(({ severity }) => severity === 'info');
  const open = urgent.filter(({ state }) => state !== 'closed').length;
  return [
    `${counted(paged, 'message')} on the phone, ${chatted} in the chat; ${counted(urgent.length, 'urgent alert')}, ${open} still open`,
    ...urgent.flatMap((alert) => [
      `${escapeText(alert.title)}${alert.closedAt === undefined ? ', open' : `, closed after ${Math.round((alert.closedAt - alert.openedAt) / 60_000)} min`}`,
      ...membersOf(alert).map(({ title, since }) => `  since ${clockOf(since)}: ${escapeText(title)}`),
    ]),
    ...(quiet.length > 0
      ? [`for the chat alone, nobody is woken: ${quiet.map(({ title }) => escapeText(title)).join('; ')}`]
      : []),
  ];
}

const lineIf = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

function costLines(report: DemoReport): string[] {
  const { cost, idle, watched } = report;
  const calls = watched.reduce((sum, { audited }) => sum + audited, 0);
  return [
    `${usd(cost.callsUsd)} for ${calls.toLocaleString('en-US')} audited calls, the few that set the stage among them; watching them: ${usd(cost.lamplighterUsd)}`,
    ...lineIf(whyWatchingCosts(report)),
    `at rest ${usd(idle.lamplighterUsdPerHour)} an hour for Lamplighter (${usd(idle.lamplighterUsdPerHour * HOURS_A_MONTH)} a month), ${usd(idle.sampleUsdPerHour)} for the application`,
  ];
}

function saleLines({ sale }: DemoReport): string[] {
  const { requests, servedPct, hours, usd: all, computeUsd, dearestHourUsd, fleet } = sale;
  return [
    `${requests.toLocaleString('en-US')} requests in ${hours.toFixed(1)} h, ${servedPct.toFixed(2)} % served, ${usd(all)} in all`,
    `functions and APIs ${usd(computeUsd)}, ${usd(dearestHourUsd)} in the dearest hour, nothing the day after`,
    `a fleet for the peak (${fleet.tasks.toLocaleString('en-US')} tasks): ${usd(fleet.usd)} for the same time, ${usd(fleet.usdPerHour * 24)} each day that it stands`,
  ];
}
