import type { Evidence, RankedCause } from '@lamplighter/contracts';
import { quotedText } from '../../templates/visible-text.ts';
import type { FingerprintObservation } from '../../windows/observation.ts';
import { calleeOf } from '../latency/traced-dependency.ts';
import type { Judgement, Signal } from '../rule.ts';
import { clock, number } from '../words.ts';
import { meaningOf } from './error-meaning.ts';
import { failureRule } from './failure-signal.ts';
import { refusingDependency } from './refusing-dependency.ts';

/** What is seen first so shortly before a finding begins came with it. */
const BEFORE_MS = 600_000;

/** Calls that end in an error of the code, told by fingerprint: what fails, how often, and whether it is new. Formula: see failure-signal.ts. */
export const errorBurst = failureRule({
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
  const { causes, cause, because } = causesOf(first, judgement);
  const isNew = !judgement.core.fingerprints.some(
    (known) => known.id === first.id && known.firstAt < beganAt(judgement) - BEFORE_MS,
  );
  return {
    ...signal,
    explanation: `${signal.explanation}Most of them say ${quotedText(first.text)}, which is ${isNew ? 'new' : 'known from before'}.${because}`,
    evidence: [...signal.evidence, ...kinds.map((kind) => evidenceOf(kind, judgement))],
    ...(causes.length === 0 ? {} : { causes }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Who refuses its calls by the traces, and what the most frequent error says by its words. */
function causesOf(first: FingerprintObservation, judgement: Judgement) {
  const refusing = refusingDependency(judgement);
  const meaning = meaningOf(first.text, judgement.context.functionName);
  const evidence = meaning === undefined ? [] : [{ text: `${meaning.meaning} It says ${quotedText(first.text)}.` }];
  const read = meaning === undefined ? [] : [{ kind: meaning.kind, name: meaning.name, evidence }];
  const because = [
    ...(meaning === undefined ? [] : [meaning.meaning]),
    ...(refusing === undefined ? [] : [`By the traces the calls that fail are those of ${refusing.name}.`]),
    ...(meaning === undefined ? [] : [meaning.wayOut]),
  ];
  const causes: RankedCause[] = refusing === undefined ? read : [refusing, ...read.filter(isOther(refusing))];
  return {
    causes,
    cause: refusing === undefined ? undefined : `dependency/${calleeOf(refusing.name)}`,
    because: because.map((sentence) => ` ${sentence}`).join(''),
  };
}

const isOther =
  (refusing: RankedCause) =>
  ({ name }: RankedCause): boolean =>
    calleeOf(name) !== calleeOf(refusing.name);

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
