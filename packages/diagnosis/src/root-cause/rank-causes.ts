import type { RankedCause, RootCauseAnswer } from './answer.ts';
import { type Candidate, CURRENCIES, type Currency, makeCandidate } from './attribution/candidate.ts';
import { gatherEvidence, hasMoved, isClearEvidence, startOf } from './attribution/evidence.ts';
import { type ObservedNode, observeNode } from './attribution/observed-node.ts';
import { confidence, ownExcess, toShares, weighPeriods, weightedMean } from './attribution/own-excess.ts';
import { explainCause } from './explain-cause.ts';
import { type CalleesOf, orderCalls } from './graph/call-order.ts';
import { findPaths } from './graph/paths.ts';
import { recordNodes } from './measures/node-record.ts';
import { dividePeriods, type Periods } from './measures/periods.ts';
import type { RootCauseQuestion } from './question.ts';

/** What the other currency, and the weak signs, are worth beside the one that the target suffers in. */
const OTHER_CURRENCY_WEIGHT = 0.25;
const WEAK_SIGNS_WEIGHT = 0.1;
/** No known calls lead from the target to it. */
const UNREACHED_WEIGHT = 0.3;
/** It moved a period or more after the target: effects do not come before causes, but periods are coarse. */
const LATER_WEIGHT = 0.7;

interface Scene {
  readonly question: RootCauseQuestion;
  readonly periods: Periods;
  readonly callees: CalleesOf;
  readonly nodes: ReadonlyMap<string, ObservedNode>;
  /** Of the periods since the onset. */
  readonly weights: readonly number[];
}

/**
 * Ranks the nodes of a service graph by how far they are the cause of what the target suffers since the onset.
 *
 * Additional time (requests x additional latency) and additional errors of each node are amounts that add up along the calls. What a node's
 * callees have, it is excused for; what remains is its own, believed as far as its values are unusual. Deterministic, no learnt
 * parameters; O(points log points + nodes^2). Hostile values (NaN, negative, beyond 1e100) count as not measured.
 */
export function rankCauses(question: RootCauseQuestion): RootCauseAnswer {
  if (!Number.isFinite(question.onset)) return { kind: 'unanswerable', reason: 'onset-not-a-time' };
  if (!question.graph.nodes.some(({ id }) => id === question.target.node))
    return { kind: 'unanswerable', reason: 'target-not-in-graph' };
  const periods = dividePeriods(question);
  if (periods.since.length === 0) return { kind: 'unanswerable', reason: 'no-points-since-onset' };
  const causes = rank(setScene(question, periods));
  const [first] = causes;
  if (first === undefined) return { kind: 'nothing-moved' };
  return { kind: 'ranked', causes, isClear: first.evidence.some(isClearEvidence) };
}

function setScene(question: RootCauseQuestion, periods: Periods): Scene {
  const records = recordNodes(question.series);
  const references = recordNodes(question.reference ?? []);
  const ids = [...new Set(question.graph.nodes.map(({ id }) => id))];
  const nodes = new Map(ids.map((id) => [id, observeNode(periods, records.get(id), references.get(id))]));
  const callees = orderCalls(question.graph, question.target.node);
  const target = nodes.get(question.target.node);
  const suffered = (target?.[mainCurrency(question)] ?? []).map(({ amount }) => amount);
  return { question, periods, callees, nodes, weights: weighPeriods(suffered) };
}

function mainCurrency({ target }: RootCauseQuestion): Currency {
  return target.metric === 'availability' || target.metric === 'errors' ? 'errors' : 'time';
}

function rank(scene: Scene): readonly RankedCause[] {
  const { question, callees, nodes } = scene;
  const candidates = [...nodes].map(([id, node]) => weighCandidate(scene, id, node));
  const paths = findPaths(callees, question.target.node, (id) => hasMoved(nodes.get(id)));
  const scores = toShares(discount(scene, scoreCandidates(scene, candidates), paths));
  return candidates
    .filter(({ id }) => (scores.get(id) ?? 0) > 0)
    .sort((a, b) => (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1))
    .map((candidate) => describe(scene, candidate, scores.get(candidate.id) ?? 0, paths));
}

function weighCandidate({ callees, nodes, weights }: Scene, id: string, node: ObservedNode): Candidate {
  const own = (currency: Currency): number =>
    weightedMean(
      ownExcess(id, callees, (each) => (nodes.get(each)?.[currency] ?? []).map(({ amount }) => amount)),
      weights,
    );
  const callers = [...nodes].filter(([caller]) => callees.get(caller)?.includes(id) === true).map(([, each]) => each);
  const isExcused = callers.some((caller) => caller.isSilent || hasMoved(caller));
  return makeCandidate(id, node, { time: own('time'), errors: own('errors') }, weights, node.isSilent && !isExcused);
}

/** Shares of the own amounts in both currencies as far as they are believed, and of the weak signs, added by their worth. */
function scoreCandidates({ question }: Scene, candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const main = mainCurrency(question);
  const parts = CURRENCIES.map((currency) => {
    const shares = toShares(new Map(candidates.map(({ id, own }) => [id, own[currency]])));
    const worth = currency === main ? 1 : OTHER_CURRENCY_WEIGHT;
    return (each: Candidate): number => worth * (shares.get(each.id) ?? 0) * confidence(each.deviations[currency]);
  });
  const signs = toShares(new Map(candidates.map(({ id, weakSigns }) => [id, weakSigns])));
  parts.push(({ id, weakSigns }) => WEAK_SIGNS_WEIGHT * (signs.get(id) ?? 0) * weakSigns);
  return new Map(candidates.map((candidate) => [candidate.id, parts.reduce((sum, part) => sum + part(candidate), 0)]));
}

function discount(
  { question, nodes, periods }: Scene,
  scores: ReadonlyMap<string, number>,
  paths: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, number> {
  const suffersSince = startOf(nodes.get(question.target.node), periods) ?? Number.POSITIVE_INFINITY;
  return new Map(
    [...scores].map(([id, score]) => {
      const isLater = (startOf(nodes.get(id), periods) ?? 0) > suffersSince;
      return [id, score * (paths.has(id) ? 1 : UNREACHED_WEIGHT) * (isLater ? LATER_WEIGHT : 1)];
    }),
  );
}

function describe(
  { question, callees, nodes, weights, periods }: Scene,
  { id, own }: Candidate,
  score: number,
  paths: ReadonlyMap<string, readonly string[]>,
): RankedCause {
  const currency = mainCurrency(question);
  const suffered = weightedMean(
    (nodes.get(question.target.node)?.[currency] ?? []).map(({ amount }) => amount),
    weights,
  );
  const evidence = gatherEvidence(id, { callees, nodes, periods, currency });
  const cause = {
    node: id,
    score,
    explainedShare: suffered > 0 ? Math.min(1, own[currency] / suffered) : 0,
    evidence,
    path: paths.get(id) ?? [id],
    since: Math.min(...evidence.map(({ since }) => since), periods.since.at(-1) ?? question.onset),
  };
  return { ...cause, sentence: explainCause(cause, question) };
}
