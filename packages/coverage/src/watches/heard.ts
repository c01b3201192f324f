import type { Watch } from '../coverage-report.ts';
import type { Surroundings } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { valueAt } from '../template.ts';
import { alarmsOn } from './alarms.ts';
import { watchedDeadLetters } from './dead-letters.ts';
import { distributionsOf, watchedViewers } from './edge.ts';
import { hasOtherCallers, mappingsOf } from './event-sources.ts';
import { FAILED_EXECUTIONS } from './failed-executions.ts';
import { invokersOf } from './invokers.ts';
import { isOfStream, lagAlarms } from './lag.ts';
import { subscriptionsOf } from './subscriptions.ts';

const FUNCTION_ERRORS = { namespace: 'AWS/Lambda', dimension: 'FunctionName', metrics: ['Errors'] } as const;
const MACHINE = 'AWS::StepFunctions::StateMachine';

/**
 * What sees a function fail: who reads its logs, or an alarm: on its errors, on the queue where all that it failed on ends, on the lag of
 * the streams that alone call it, on the executions of the state machines that alone call it; for a function at the edge, on what its
 * distribution answers.
 */
export function whoHears(stack: StackView, fn: StackResource, around: Surroundings): readonly Watch[] {
  const distributions = distributionsOf(stack, fn);
  if (distributions.length > 0) return watchedViewers(stack, distributions);
  return [
    ...subscriptionsOf(stack, fn, around),
    ...alarmsOn(stack, fn, FUNCTION_ERRORS),
    ...watchedFailures(stack, fn),
    ...watchedLag(stack, fn),
    ...watchedExecutions(stack, fn),
  ];
}

/**
 * The functions that are heard, as a watch, where each of them is, or is exempt from it: its caller sees what fails. None where one is
 * neither, or none is heard.
 */
export function heardThrough(
  kind: 'consumers' | 'callers',
  functions: readonly StackResource[],
  stack: StackView,
  around: Surroundings,
): readonly Watch[] {
  const isHeard = (fn: StackResource): boolean => whoHears(stack, fn, around).length > 0;
  const heard = functions.filter(isHeard);
  const isSeen = functions.every((fn) => heard.includes(fn) || around.exemptFunctions.has(fn.logicalId));
  if (heard.length === 0 || !isSeen) return [];
  return [{ kind, through: [...new Set(heard.map(({ logicalId }) => logicalId))] }];
}

/** A function that only queues and streams call, each with a dead-letter queue that has an alarm. */
function watchedFailures(stack: StackView, fn: StackResource): readonly Watch[] {
  const mappings = mappingsOf(stack, fn);
  if (mappings.length === 0 || hasOtherCallers(stack, fn)) return [];
  const ends = mappings.map((mapping) => watchedDeadLetters(stack, failurePlaceOf(stack, mapping)));
  if (ends.some((end) => end === undefined)) return [];
  return [{ kind: 'dead-letter', through: [...new Set(ends.flatMap((end) => end ?? []))] }];
}

/** A function that streams alone call holds them up when it fails: an alarm on its lag sees that. */
function watchedLag(stack: StackView, fn: StackResource): readonly Watch[] {
  const mappings = mappingsOf(stack, fn);
  if (mappings.length === 0 || !mappings.every(isOfStream) || hasOtherCallers(stack, fn)) return [];
  return lagAlarms(stack, fn, mappings);
}

/** A function that state machines alone call: what it does not survive fails their executions, and an alarm sees each of them. */
function watchedExecutions(stack: StackView, fn: StackResource): readonly Watch[] {
  if (mappingsOf(stack, fn).length > 0 || hasOtherCallers(stack, fn, MACHINE)) return [];
  const machines = invokersOf(stack, fn);
  const alarms = machines.map((machine) => alarmsOn(stack, machine, FAILED_EXECUTIONS));
  return alarms.every((each) => each.length > 0) ? alarms.flat() : [];
}

/** A queue redrives by itself; the mapping of a stream names its destination. */
function failurePlaceOf(stack: StackView, mapping: StackResource): StackResource {
  const source = stack.referenced(valueAt(mapping.Properties, 'EventSourceArn'));
  return source?.Type === 'AWS::SQS::Queue' ? source : mapping;
}
