import type { Evidence } from '@lamplighter/contracts';
import type { Incident } from '../../assess/incident.ts';
import { quotedText } from '../../templates/visible-text.ts';
import type { FingerprintObservation } from '../../windows/observation.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, number } from '../words.ts';
import { causesOfErrors } from './causes-of-errors.ts';
import { failureRule } from './failure-signal.ts';
import { handledBurst } from './handled-burst.ts';

/** What is seen first so shortly before a finding begins came with it. */
const BEFORE_MS = 600_000;
const WEEK_MS = 604_800_000;
/** As fingerprints keep it (packages/lambda-logs, fingerprint.ts). */
const STATUS = /\b(?:status ?code|HTTP)[:=]? ?[1-5]\d\d(?!\d)/i;

/** Calls that end in an error of the code, told by fingerprint: what fails, how often, and whether it is new. Formula: see failure-signal.ts. Where none stands out, those that log one and go on: handled-burst.ts. What keeps the one open is no measure of the other. */
export const errorBurst: Rule = {
  class: 'error-burst',
  opensAfter: 1,
  judge(judgement) {
    const open = judgement.core.incidents.find(isOpenBurst);
    const isOpen = (isDealtWith: boolean) => open !== undefined && (open.isDealtWith ?? false) === isDealtWith;
    return (
      failing.judge({ ...judgement, isOpen: isOpen(false) }) ?? handledBurst({ ...judgement, isOpen: isOpen(true) })
    );
  },
};

const isOpenBurst = ({ class: type, resolvedAt }: Incident): boolean =>
  type === 'error-burst' && resolvedAt === undefined;

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
  return {
    ...signal,
    explanation: `${signal.explanation}Most of them say ${quotedText(first.text)}${ageOf(first, judgement)}.${because}`,
    evidence: [...signal.evidence, ...kinds.map((kind) => evidenceOf(kind, judgement))],
    ...causes,
  };
}

/** Whether it was there before, as the end of a sentence; empty where nobody knows. */
function ageOf(first: FingerprintObservation, judgement: Judgement): string {
  const isKnown = judgement.core.fingerprints.some(
    (known) => known.id === first.id && known.firstAt < beganAt(judgement) - BEFORE_MS,
  );
  if (isKnown) return ', which is known from before';
  return isNamedAnew(first, judgement) ? '' : ', which is new';
}

/** Errors of all HTTP statuses had one name once: for a week nobody knows which of them are new. */
function isNamedAnew({ text }: FingerprintObservation, { core, seen }: Judgement): boolean {
  const { firstAt, statusesSince = seen.start } = core;
  return STATUS.test(text) && (firstAt ?? seen.start) < statusesSince && seen.start - statusesSince < WEEK_MS;
}

/** With the incident, or with the run of failures that opened it. */
const beganAt = ({ since, recent }: Judgement): number => Math.min(since, recent.runs?.errors?.since ?? since);

function evidenceOf(kind: FingerprintObservation, judgement: Judgement): Evidence {
  const { core, seen } = judgement;
  const known = core.fingerprints.find(({ id }) => id === kind.id);
  const since =
    known === undefined
      ? isNamedAnew(kind, judgement)
        ? ''
        : ', never seen before'
      : `, first seen at ${clock(known.firstAt)} of ${new Date(known.firstAt).toISOString().slice(0, 10)}`;
  return {
    text: `${number(kind.count)} times ${quotedText(kind.text)}${since}.`,
    metric: 'errors by fingerprint',
    after: kind.count,
    since: known?.firstAt ?? seen.start,
    ...(kind.requestIds.length > 0 ? { requestIds: [...kind.requestIds] } : {}),
  };
}
