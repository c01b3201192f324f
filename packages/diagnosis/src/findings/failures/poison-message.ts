import { visibleText } from '../../templates/visible-text.ts';
import type { Fact } from '../../windows/fact.ts';
import { failuresOf } from '../../windows/observation.ts';
import type { Judgement, Rule } from '../rule.ts';
import { clock, counted, duration, number } from '../words.ts';

const LEAST_FAILURES = 3;
/** More messages than these fail when what is broken is not a message. */
const MOST_MESSAGES = 3;

/**
 * One message, or a few, fail again and again while others pass: a stream's shard stands still before it (Lambda retries a batch until it succeeds or
 * expires: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html). Known from the audit: the same sequence number in three failed calls.
 */
export const poisonMessage: Rule = {
  class: 'poison-message',
  opensAfter: 1,
  judge({ seen, core, facts }) {
    const told = repeatedIn([...core.facts, ...facts]);
    const passes =
      seen.calls > failuresOf(seen) ||
      (core.recent.failures.errors[1] ?? 0) > (core.recent.failures.errors[0] ?? 0) + 0.5;
    if (told.length === 0 || told.length > MOST_MESSAGES || (seen.calls > 0 && !passes)) return undefined;
    const failures = told.reduce((sum, each) => Math.max(sum, each.failures), 0);
    if (failures < LEAST_FAILURES) return undefined;
    const [first] = told as [Repeated];
    const age = seen.iteratorAgeMs === undefined ? '' : ` Its stream is ${duration(seen.iteratorAgeMs)} behind.`;
    return {
      surprise: 8 + 3 * failures,
      severity: 'critical',
      magnitude: failures,
      title: `is held up by ${counted(told.length, 'message')} that ${told.length === 1 ? 'fails' : 'fail'} each time`,
      explanation: `Message ${shortened(first.sequenceNumber)} of ${visibleText(first.source)} failed ${number(first.failures)} times by ${clock(seen.start)}, while other messages pass.${age} An on-failure destination with a limit of retries, or a bisected batch, lets the rest go on.`,
      evidence: told.map((each) => ({
        text: `Message ${shortened(each.sequenceNumber)} of ${visibleText(each.source)} failed ${number(each.failures)} times.`,
        metric: 'failures of one message',
        after: each.failures,
        since: each.at,
        ...(each.requestIds.length > 0 ? { requestIds: [...each.requestIds] } : {}),
      })),
      causes: [
        { kind: 'message', name: `${visibleText(first.source)}:${shortened(first.sequenceNumber)}`, evidence: [] },
      ],
    };
  },
};

type Repeated = Extract<Fact, { kind: 'repeated-message' }>;

/** The newest news of each message. */
function repeatedIn(facts: Judgement['facts']): Repeated[] {
  const newest = new Map<string, Repeated>();
  for (const fact of facts) {
    if (fact.kind !== 'repeated-message') continue;
    const key = `${fact.source}:${fact.sequenceNumber}`;
    if ((newest.get(key)?.failures ?? 0) < fact.failures) newest.set(key, fact);
  }
  return [...newest.values()].sort((a, b) => b.failures - a.failures || (a.sequenceNumber < b.sequenceNumber ? -1 : 1));
}

const shortened = (sequenceNumber: string): string =>
  sequenceNumber.length > 16 ? `…${sequenceNumber.slice(-12)}` : sequenceNumber;
