import { openHouse } from '../demo/house/house.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { type HeardFinding, hearFindings } from './faults/heard-findings.ts';
import { type FaultRow, judgeFault } from './faults/judge-fault.ts';
import { recordRun } from './faults/record-run.ts';
import { openSample, PREFIX, type Sample } from './faults/sample.ts';
import { SAMPLE_FAULTS, type SampleFault } from './faults/sample-faults.ts';
import { figuresInALine, markdownTable } from './markdown-table.ts';

const START_MS = Date.UTC(2026, 0, 15, 9);
/** `LAMPLIGHTER_BENCH_FAULTS` names some of the faults, separated by commas. */
const WANTED = process.env.LAMPLIGHTER_BENCH_FAULTS?.split(',');
const HEALTHY_MINUTES = Number(process.env.LAMPLIGHTER_BENCH_FAULTS_MINUTES ?? 60);
const REQUESTS_A_MINUTE = 60;
/** A file for what the diagnosis was given: `replayRun` in services/analysis/test judges it anew. */
const KEPT_IN = process.env.LAMPLIGHTER_BENCH_FAULTS_KEEP;
/** After a fault is lifted: what it leaves behind would show now. */
const RECOVERY_MINUTES = 2;

/** Every fault that the reservation sample can inject, through the packaged stacks in a sandbox: which finding comes of it, with which culprit, when; and what is found in an hour of health. */
export async function run(): Promise<BenchmarkReport> {
  const startedAt = performance.now();
  const tell = (text: string) => console.error(`${Math.round((performance.now() - startedAt) / 1000)} s: ${text}`);
  const services = ['backbone', 'ingestion', 'analysis', 'reservation'];
  const house = await openHouse({ services, startMs: START_MS, onStep: tell });
  const sample = await openSample(house, 7);
  const hear = await hearFindings(house.sandbox);
  const recording = KEPT_IN === undefined ? undefined : await recordRun(house.sandbox, KEPT_IN, sample.now);
  let requests = 0;
  const minute = async (eachSlot?: () => Promise<void>): Promise<HeardFinding[]> => {
    const good = await sample.minute(REQUESTS_A_MINUTE, eachSlot);
    // The window closes, and what was found is told.
    await house.pass(11_000);
    requests += good;
    const heard = await hear();
    const told = heard.map(({ change, finding }) => `${change} ${finding.class}: ${finding.title}`);
    tell(
      `${new Date(sample.now()).toISOString().slice(11, 16)} ${good} answered${told.map((each) => `\n      ${each}`).join('')}`,
    );
    return heard;
  };
  const healthy: HeardFinding[] = [];
  for (let at = 0; at < HEALTHY_MINUTES; at++) healthy.push(...(await minute()));
  await recording?.keep();
  const rows: (FaultRow & { readonly isCreeping: boolean })[] = [];
  for (const fault of SAMPLE_FAULTS.filter(({ name }) => WANTED?.includes(name) ?? true)) {
    tell(`${fault.name} of ${fault.target}`);
    const { onset, ...row } = await runFault(fault, sample, minute);
    rows.push({ ...row, isCreeping: fault.isCreeping ?? false });
    await recording?.keepFault(fault.name, onset, sample.now());
    tell(JSON.stringify(row));
  }
  await sample.close();
  const { faults } = house;
  await house.stop();
  const opened = healthy.filter(({ change }) => change === 'opened');
  const sudden = rows.filter(({ isCreeping }) => !isCreeping);
  const figures = {
    faults: rows.length,
    found: rows.filter(({ foundAs }) => foundAs !== '').length,
    culpritNamed: rows.filter(({ culprit }) => culprit !== '').length,
    sudden: sudden.length,
    suddenWithinTwoWindows: sudden.filter(({ namedInWindow }) => namedInWindow !== '' && namedInWindow <= 2).length,
    falseFindings: rows.filter(({ falseFindings }) => falseFindings !== '').length,
    symptoms: rows.filter(({ symptoms }) => symptoms !== '').length,
    healthyMinutes: HEALTHY_MINUTES,
    healthyFindings: opened.length,
    requests,
    sandboxFaults: faults.length,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    rows,
  };
  const isWithinLimits =
    figures.culpritNamed === rows.length &&
    figures.suddenWithinTwoWindows === sudden.length &&
    figures.falseFindings === 0 &&
    figures.healthyFindings === 0 &&
    faults.length === 0;
  return { figures, text: render(figures), isWithinLimits };
}

async function runFault(
  fault: SampleFault,
  sample: Sample,
  minute: (eachSlot?: () => Promise<void>) => Promise<HeardFinding[]>,
): Promise<FaultRow & { readonly onset: number }> {
  const heard: HeardFinding[] = [];
  await fault.prepare?.(sample);
  await minute();
  const onset = sample.now() - (sample.now() % 60_000);
  await fault.inject(sample);
  const judge = () => judgeFault(fault, onset, heard, PREFIX);
  for (let at = 0; at < fault.minutes && judge().culprit === ''; at++)
    heard.push(...(await minute(fault.goOn && (() => fault.goOn!(sample)))));
  await fault.lift(sample);
  for (let at = 0; at < RECOVERY_MINUTES; at++) heard.push(...(await minute()));
  return { ...judge(), onset };
}

/** A table in Markdown: docs/benchmarks.md shows it as it is. */
function render({ rows, ...totals }: { readonly rows: readonly FaultRow[] } & Record<string, unknown>): string {
  const columns = [
    'fault',
    'function',
    'found as',
    'window',
    'culprit',
    'named in window',
    'of the same fault also',
    'symptoms',
    'false findings',
  ];
  const cells = rows.map((row) => [
    row.fault,
    row.function,
    row.foundAs,
    row.window,
    row.culprit,
    row.namedInWindow,
    row.also,
    row.symptoms,
    row.falseFindings,
  ]);
  return `${figuresInALine(totals)}\n\n${markdownTable(columns, cells)}`;
}
