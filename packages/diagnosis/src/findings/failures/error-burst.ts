import type { Evidence } from '@lamplighter/contracts';
import { quotedText } from '../../templates/visible-text.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, number } from '../words.ts';
import { causesOfErrors } from './causes-of-errors.ts';
import { failureRule } from './failure-signal.ts';
import { handledBurst } from './handled-burst.ts';

/** What is seen first so shortly before a finding begins came with it. */
const BEFORE_MS = 600_000;

/** Calls that end in an error of the code, told by fingerprint: what fails, how often, and whether it is new. Formula: see failure-signal.ts. Where none stands out, those that log one and go on: handled-burst.ts. */
export const errorBurst: Rule = {
  class: 'error-burst',
  opensAfter: 1,
  judge: (judgement) => failing.judge(judgement) ?? handledBurst(judgement),
};

const failing = failureRule({
  class: 'error-burst',
  kind: 'errors',
  verb: 'failed',
  headline: 'fails',
  meaning: '',
  floor: 0.002,
  surprise: 11,
  least: 3,
  ids: ({ seen }) => (seen.fingerprints ?? []).flatMap((each) => each.requestIds),
  refine: addFingerprints,
});

function addFingerprints(signal: Signal, judgement: Judgement): Signal {
  const kinds = (judgement.seen.fingerprints ?? []).slice(0, 3);
  const [first] = kinds;
  if (first === undefined) return { ...signal, explanation: signal.explanation.trimEnd() };
  const { because, ...causes } = causesOfErrors(first, judgement);
  const isNew = !judgement.core.fingerprints.some(
    (known) => known.id === first.id && known.firstAt < beganAt(judgement) - BEFORE_MS,
  );
  return {
    ...signal,
    explanation: `${signal.explanation}Most of them say ${quotedText(first.text)}, which is ${isNew ? 'new' : 'known from before'}.${because}`,
    evidence: [...signal.evidence, ...kinds.map((kind) => evidenceOf(kind, judgement))],
    ...causes,
  };
}

/** With the incident, or with the run of failures that opened it. */
const beganAt = ({ since, recent }: Judgement): number => Math.min(since, recent.runs?.errors?.since ?? since);

function evidenceOf(
  kind: { readonly id: string; readonly count: number; readonly text: string; readonly requestIds: readonly string[] },
  { core, seen }: Judgement,
): Evidence {
  const known = core.fingerprints.find(({ id }) => id === kind.id);
  const since =
    known === undefined
      ? 'never seen before'
      : `first seen at ${clock(known.firstAt)} of ${new Date(known.firstAt).toISOString().slice(0, 10)}`;
  return {
    text: `${number(kind.count)} times ${quotedText(kind.text)}, ${since}.`,
    metric: 'errors by fingerprint',
    after: kind.count,
    since: known?.firstAt ?? seen.start,
    ...(kind.requestIds.length > 0 ? { requestIds: [...kind.requestIds] } : {}),
  };
}
