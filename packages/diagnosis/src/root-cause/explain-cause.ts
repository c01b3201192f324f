import type { Evidence, RankedCause } from './answer.ts';
import type { RootCauseQuestion } from './question.ts';
import { sayDuration, sayNumber, sayPercentage, sayTime } from './say.ts';

/** One or two plain sentences: what moved, by how much, since when, what of the trouble that is, and how it reaches the target. */
export function explainCause(
  cause: Omit<RankedCause, 'sentence'>,
  { graph, target }: Pick<RootCauseQuestion, 'graph' | 'target'>,
): string {
  const labels = new Map(graph.nodes.map(({ id, label }) => [id, label ?? id]));
  const nameOf = (id: string): string => labels.get(id) ?? id;
  const moves = cause.evidence.map((evidence) => sayEvidence(evidence, nameOf)).join('; ');
  const share = `${Math.round(cause.explainedShare * 100)} %`;
  const trouble = target.metric === 'availability' || target.metric === 'errors' ? 'errors' : 'delay';
  const reach =
    cause.path.length > 1
      ? ` It reaches ${nameOf(target.node)} by ${cause.path.map(nameOf).join(' -> ')}.`
      : cause.node === target.node
        ? ''
        : ` No known calls lead to it from ${nameOf(target.node)}.`;
  const part =
    cause.explainedShare > 0 ? ` What it adds itself is ${share} of the ${trouble} of ${nameOf(target.node)}.` : '';
  return `${nameOf(cause.node)}: ${moves || 'nothing of its own moved'}.${part}${reach}`;
}

function sayEvidence(
  { kind, metric, normal, observed, since, callee }: Evidence,
  nameOf: (id: string) => string,
): string {
  const time = sayTime(since);
  switch (kind) {
    case 'slower':
      return `takes ${sayDuration(observed)} in place of ${sayDuration(normal)} since ${time}`;
    case 'failing':
      return `fails ${sayPercentage(observed)} of its requests in place of ${sayPercentage(normal)} since ${time}`;
    case 'silent':
      return `is silent since ${time}, usually ${sayNumber(normal)} requests a period`;
    case 'new-call':
      return `calls ${nameOf(callee ?? '')} since ${time}, which it did not before`;
    case 'unusual':
      return `${metric} is ${sayNumber(observed)}, usually ${sayNumber(normal)}, since ${time}`;
  }
}
