import type { RankedCause } from '@lamplighter/contracts';
import { quotedText } from '../../templates/visible-text.ts';
import type { FingerprintObservation } from '../../windows/observation.ts';
import { calleeOf } from '../latency/traced-dependency.ts';
import type { Judgement, Signal } from '../rule.ts';
import { meaningOf } from './error-meaning.ts';
import { refusingDependency } from './refusing-dependency.ts';

/** Why calls meet an error, as far as anybody says it. */
interface CausesOfErrors extends Pick<Signal, 'causes' | 'cause'> {
  /** Sentences, each with a space before it; empty where nothing is known. */
  readonly because: string;
}

/** Who refuses calls by the traces, and what the most frequent error says by its words: of one that a call dealt with only where somebody refuses, since what it says may be the fault of who asked. */
export function causesOfErrors(first: FingerprintObservation, judgement: Judgement): CausesOfErrors {
  const refusing = refusingDependency(judgement);
  const isOfCallee = refusing !== undefined || judgement.seen.handled?.includes(first) !== true;
  const meaning = isOfCallee ? meaningOf(first.text, judgement.context.functionName) : undefined;
  const evidence = meaning === undefined ? [] : [{ text: `${meaning.meaning} It says ${quotedText(first.text)}.` }];
  const read = meaning === undefined ? [] : [{ kind: meaning.kind, name: meaning.name, evidence }];
  const sentences = [
    ...(meaning === undefined ? [] : [meaning.meaning]),
    ...(refusing === undefined ? [] : [`By the traces the calls that fail are those of ${refusing.name}.`]),
    ...(meaning === undefined ? [] : [meaning.wayOut]),
  ];
  const causes: RankedCause[] = refusing === undefined ? read : [refusing, ...read.filter(isOther(refusing))];
  return {
    ...(causes.length === 0 ? {} : { causes }),
    ...(refusing === undefined ? {} : { cause: `dependency/${calleeOf(refusing.name)}` }),
    because: sentences.map((sentence) => ` ${sentence}`).join(''),
  };
}

const isOther =
  (refusing: RankedCause) =>
  ({ name }: RankedCause): boolean =>
    calleeOf(name) !== calleeOf(refusing.name);
