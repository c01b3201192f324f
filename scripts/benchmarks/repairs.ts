import { loadavg } from 'node:os';
import type { BenchmarkReport } from './benchmark.ts';
import { type HeardFinding, hearFindings } from './faults/heard-findings.ts';
import type { Minute } from './repairs/come-to-rest.ts';
import { type Chain, followChain } from './repairs/follow-chain.ts';
import { type HarmRow, runHarmfulRollback } from './repairs/harmful-rollback.ts';
import { judgeCase, type RepairRow } from './repairs/judge-case.ts';
import { openStage } from './repairs/open-stage.ts';
import { type RepairsSeen, renderRepairs } from './repairs/render-repairs.ts';
import { runCase } from './repairs/run-case.ts';
import { sampleCases } from './repairs/sample-cases.ts';

/** `LAMPLIGHTER_BENCH_FAULTS` names some of the faults, separated by commas; `harm` is the repair that makes things worse, with the chain of its audit. */
const WANTED = process.env.LAMPLIGHTER_BENCH_FAULTS?.split(',');
const HEALTHY_MINUTES = Number(process.env.LAMPLIGHTER_BENCH_FAULTS_MINUTES ?? 20);
const REQUESTS_A_MINUTE = 60;
const HARM = 'harm';

/** In the order in which they were named, or in the sample's. */
const placeOf = (name: string): number => WANTED?.indexOf(name) ?? 0;
const isWanted = (name: string): boolean => WANTED?.includes(name) ?? true;

/** Every fault that the reservation sample can inject, through the packaged stacks in a sandbox with guardrails that let every playbook act: what is done about it, how soon, whether it helps; and a repair that makes things worse. */
export async function run(): Promise<BenchmarkReport> {
  const startedAt = performance.now();
  const secondsSince = () => Math.round((performance.now() - startedAt) / 1000);
  const tell = (text: string) => console.error(`${secondsSince()} s: ${text}`);
  const loads = [loadavg()[0]!];
  const { stage, close } = await openStage(tell);
  const { house, sample } = stage;
  const hear = await hearFindings(house.sandbox);
  const tellNews = newsOf(stage.house, tell);
  let requests = 0;
  const minute: Minute = async (eachSlot) => {
    requests += await sample.minute(REQUESTS_A_MINUTE, eachSlot);
    // The window closes, what was found is told, and what can be done is done.
    await house.pass(11_000);
    const heard = await hear();
    await tellNews(heard);
    loads.push(loadavg()[0]!);
    return heard;
  };
  for (let at = 0; at < HEALTHY_MINUTES; at++) await minute();
  const rows: RepairRow[] = [];
  const notRun: string[] = [];
  const cases = sampleCases(stage).filter(({ fault }) => isWanted(fault.name));
  for (const one of cases.sort((a, b) => placeOf(a.fault.name) - placeOf(b.fault.name))) {
    tell(`${one.fault.name} of ${one.fault.target}`);
    try {
      const row = judgeCase(await runCase(one, stage, minute));
      rows.push(row);
      tell(JSON.stringify(row));
    } catch (error) {
      // A busy machine may not be able to prepare one of them: the others are told all the same.
      notRun.push(one.fault.name);
      tell(`${one.fault.name} could not be run: ${(error as Error).message}`);
    }
  }
  const harm = isWanted(HARM) ? await runHarmfulRollback(stage, minute) : undefined;
  if (harm !== undefined) tell(JSON.stringify({ ...harm, repair: harm.repair?.remediationId }));
  const chain = await chainOf(harm, stage.house);
  if (chain !== undefined) tell(JSON.stringify(chain));
  const { faults } = house;
  await close();
  return report({
    rows,
    harm,
    chain,
    totals: {
      faults: rows.length,
      notRun: notRun.join(', ') || 'none',
      asTheyHaveToBe: rows.filter(({ isAsItHasToBe }) => isAsItHasToBe).length,
      repaired: rows.filter(({ ended }) => ended === 'kept').length,
      slowestAppliedS: Math.max(0, ...rows.map(({ appliedAfterS }) => Number(appliedAfterS))),
      harmUndone: harm === undefined ? 'not run' : harm.ended === 'rolled-back',
      configurationEqual: harm?.isEqual ?? 'not run',
      chainWhole: chain?.isWhole ?? 'not run',
      requests,
      sandboxFaults: faults.length,
      load: `${Math.min(...loads).toFixed(0)} to ${Math.max(...loads).toFixed(0)}`,
      seconds: secondsSince(),
    },
  });
}

async function chainOf(harm: HarmRow | undefined, house: Parameters<typeof followChain>[0]) {
  if (harm?.repair === undefined) return undefined;
  const found = await house.findings({ kind: 'by-id', findingId: harm.findingId });
  return found.kind === 'finding' ? followChain(house, found.finding, harm.repair) : undefined;
}

function report(seen: RepairsSeen & { readonly chain: Chain | undefined }): BenchmarkReport {
  const { rows, harm, chain, totals } = seen;
  const isHarmMended = harm === undefined || (harm.ended === 'rolled-back' && harm.isEqual && chain?.isWhole === true);
  return {
    figures: { ...totals, rows, harm: harm && { ...harm, repair: harm.repair?.remediationId }, chain },
    text: renderRepairs(seen),
    isWithinLimits:
      rows.every(({ isAsItHasToBe }) => isAsItHasToBe) &&
      isHarmMended &&
      totals.notRun === 'none' &&
      totals.sandboxFaults === 0,
  };
}

/** Tells each minute's findings and repairs, for a progress line. */
function newsOf(house: Parameters<typeof followChain>[0], tell: (text: string) => void) {
  const known = new Map<string, string>();
  return async (heard: readonly HeardFinding[]): Promise<void> => {
    const answer = await house.remediations({ kind: 'recent', limit: 20 });
    const repairs = answer.kind === 'remediations' ? answer.remediations : [];
    const changed = repairs.filter(({ remediationId, state }) => known.get(remediationId) !== state);
    for (const { remediationId, state } of changed) known.set(remediationId, state);
    const lines = [
      ...heard.map(({ change, finding }) => `${change} ${finding.class}: ${finding.title}`),
      ...changed.map(
        ({ state, title, verification: seen, refusals }) =>
          `${state}: ${title}${seen ? ` (${seen.metric} ${seen.before.toPrecision(3)} -> ${seen.after.toPrecision(3)}, ${seen.target.toPrecision(3)})` : ''} ${refusals.map(({ rail }) => rail).join(' ')}`,
      ),
    ];
    tell(
      `${new Date(house.clock.now()).toISOString().slice(11, 16)}${lines.map((line) => `\n      ${line}`).join('')}`,
    );
  };
}
