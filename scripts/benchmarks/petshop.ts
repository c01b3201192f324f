import { type RankedCause, rankCauses } from '../../packages/diagnosis/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { dataDirectory } from './data-directory.ts';
import { type LabelledIncident, readIncidents } from './petshop/read-incidents.ts';
import { renderFigures } from './render-figures.ts';

const LEAST_TOP_3 = 0.75;
const LEAST_TOP_1 = 0.5;

interface Outcome {
  readonly incident: LabelledIncident;
  readonly causes: readonly RankedCause[];
  /** 1 for the first; 0 where the true cause is not among the causes. */
  readonly rank: number;
}

/** PetShop's labelled incidents: how often the true root cause is ranked first, and among the first three; and what was seen of each. */
export async function run(options: BenchmarkOptions): Promise<BenchmarkReport> {
  const folder = dataDirectory('petshop', options.data);
  const incidents = readIncidents(folder);
  if (incidents.length === 0) throw new RangeError(`There is no <scenario>/graph.csv with incidents in ${folder}.`);
  const startedAt = performance.now();
  const outcomes = incidents.map(assess);
  const ms = (performance.now() - startedAt) / incidents.length;
  const scenarios = [...Map.groupBy(outcomes, ({ incident }) => incident.scenario)];
  const figures = {
    ...count(outcomes),
    leastTop1: LEAST_TOP_1,
    leastTop3: LEAST_TOP_3,
    msPerIncident: ms,
    scenarios: scenarios.map(([scenario, own]) => ({ scenario, ...count(own) })),
  };
  const text = [...outcomes.map(tell), renderFigures(figures)].join('\n');
  return { figures, text, isWithinLimits: figures.top1 >= LEAST_TOP_1 && figures.top3 >= LEAST_TOP_3 };
}

function assess(incident: LabelledIncident): Outcome {
  const answer = rankCauses(incident.question);
  const causes = answer.kind === 'ranked' ? answer.causes : [];
  return { incident, causes, rank: causes.findIndex(({ node }) => node === incident.rootCause) + 1 };
}

function count(outcomes: readonly Outcome[]): { n: number; top1: number; top3: number } {
  const share = (most: number): number =>
    outcomes.filter(({ rank }) => rank >= 1 && rank <= most).length / outcomes.length;
  return { n: outcomes.length, top1: share(1), top3: share(3) };
}

function tell({ incident, causes, rank }: Outcome): string {
  const { target } = incident.question;
  const seen = causes
    .slice(0, 3)
    .map(({ score, sentence }, index) => `  ${index + 1}. ${score.toFixed(2)} ${sentence}`);
  const verdict = rank === 0 ? 'not found' : `rank ${rank}`;
  return [
    `${incident.name}, ${target.metric} of ${target.node}: truth ${incident.rootCause}, ${verdict}`,
    ...seen,
  ].join('\n');
}
