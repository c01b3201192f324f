import type { Paint } from '../../packages/cli/src/index.ts';
import type { SimulationReport } from '../../packages/simulator/src/index.ts';
import type { WatchedTotals } from './proof.ts';
import type { Chapter, Told } from './story.ts';

export interface DemoReport {
  readonly chapters: readonly Chapter[];
  readonly crisisAt: number;
  readonly totals: readonly WatchedTotals[];
  readonly twin: SimulationReport;
  readonly idleUsdPerHour: number;
}

/** What happened, in figures. Each block says where its figures come from: real requests through real handlers, or the twin. */
export function renderReport({ chapters, crisisAt, totals, twin }: DemoReport, paint: Paint): string {
  const told = chapters.flatMap((chapter) => chapter.told);
  return [
    paint('bold', 'Real requests, real handlers'),
    ...totalsLines(totals),
    '',
    paint('bold', 'The crisis'),
    ...crisisLines(told, crisisAt),
    '',
    paint('bold', 'The same sale at 100,000 requests a second: the twin, simulated'),
    ...twinLines(twin),
  ].join('\n');
}

function totalsLines(totals: readonly WatchedTotals[]): string[] {
  const rows = totals.map(({ functionName, invoked, audited, failed, coldStarts, costUsd }) => {
    const share = invoked === 0 ? 100 : (100 * audited) / invoked;
    return `  ${functionName.padEnd(42)} ${String(invoked).padStart(6)} ${String(audited).padStart(8)} ${share.toFixed(1).padStart(7)} % ${String(failed).padStart(7)} ${String(coldStarts).padStart(11)} ${`$${costUsd.toFixed(6)}`.padStart(11)}`;
  });
  const head = `  ${'function'.padEnd(42)} ${'invoked'.padStart(6)} ${'audited'.padStart(8)} ${'complete'.padStart(9)} ${'failed'.padStart(7)} ${'cold starts'.padStart(11)} ${'cost'.padStart(11)}`;
  return [head, ...rows];
}

function crisisLines(told: readonly Told[], crisisAt: number): string[] {
  const after = told.filter(({ at }) => at >= crisisAt);
  const found = after.find(({ finding }) => finding?.state === 'open');
  const applied = after.find(({ remediation }) => remediation?.appliedAt !== undefined)?.remediation;
  const kept = after.find(({ remediation }) => remediation?.state === 'kept')?.remediation;
  const closed = after.find(({ page }) => page?.change === 'closed');
  const seconds = (at: number | undefined): string =>
    at === undefined ? 'not within the story' : `${Math.round((at - crisisAt) / 1000)} s after the index was gone`;
  return [
    `  found     ${seconds(found?.finding?.updatedAt)}${found?.finding ? `: ${found.finding.title}` : ''}`,
    `  cause     ${found?.finding?.causes[0] ? `${found.finding.causes[0].name}${share(found.finding.causes[0].share)}` : 'not known'}`,
    `  applied   ${seconds(applied?.appliedAt)}${applied ? `: ${applied.title}` : ''}`,
    `  verified  ${seconds(kept?.endedAt)}${kept?.verification ? `: ${kept.verification.metric} ${Math.round(kept.verification.before)} -> ${Math.round(kept.verification.after)} ${kept.verification.unit}` : ''}`,
    `  all clear ${seconds(closed?.at)}`,
  ];
}

const share = (value: number | undefined): string =>
  value === undefined ? '' : `, explains ${Math.round(value * 100)} % of the delay`;

function twinLines(twin: SimulationReport): string[] {
  const requests = twin.edges.reduce((total, edge) => total + edge.requests, 0);
  const served = twin.edges.reduce((total, edge) => total + edge.served, 0);
  const { usd, fleet } = twin.peakHour;
  return [
    `  ${requests.toLocaleString('en')} requests, ${((100 * served) / Math.max(1, requests)).toFixed(2)} % served, $${twin.costUsd.toFixed(2)} in all`,
    `  dearest hour $${usd.toFixed(2)}; a fleet that is sized for the peak: $${fleet.usdPerHour.toFixed(2)} an hour, all day and all year`,
    '  more: pnpm lamplighter simulate samples/scenarios/black-friday.yml',
  ];
}
