import { InputError } from '../../input-error.ts';
import type { EventCollector, OriginEvents } from './event-collector.ts';
import { findInputs, type InputUnit } from './find-inputs.ts';
import { mergeSources, type StreamPart } from './merge-sources.ts';
import { readUnit, type UnitProgress } from './read-unit.ts';
import type { Rejection, ReplayInput } from './replay-source.ts';
import { toStreamParts } from './stream-parts.ts';

export interface ReplayInputOptions {
  /** The log group of a file that does not say it itself. */
  readonly logGroupOf: (file: string) => string | undefined;
  readonly onProgress?: UnitProgress;
  /** Not read in whichever folder it lies. */
  readonly leaveOut?: string;
}

/**
 * Reads log exports of every form that people have into streams of events; each line of the input is an event or is rejected with a reason.
 * Throws {@link InputError} for anything that leaves nothing to replay, or only part of it.
 */
export async function readReplayInput(paths: readonly string[], options: ReplayInputOptions): Promise<ReplayInput> {
  const found = await findInputs(paths, options.leaveOut);
  const rejected: Rejection[] = [];
  const parts: StreamPart[] = [];
  const reversed: string[] = [];
  const untimed: string[] = [];
  const empty: string[] = [];
  for (const unit of found.units) {
    const collector = await readUnit(unit, options.onProgress);
    if (found.units.length > 1 && isEmpty(collector)) {
      empty.push(unit.name);
      continue;
    }
    rejected.push(...collector.rejections());
    const { lambda, foreign } = splitByOrigin(unit, collector);
    rejected.push(...foreign);
    const completed = await toStreamParts(unit, lambda, options.logGroupOf);
    parts.push(...completed.parts);
    if (completed.wasReversed) reversed.push(unit.name);
    if (completed.isUntimed) untimed.push(unit.name);
  }
  if (parts.length === 0 && empty.length > 0) throw noLogs(empty[0]!);
  if (parts.length === 0) {
    throw new InputError(
      'not-lambda-logs',
      `Nothing in ${paths.join(', ')} was written by AWS Lambda.`,
      'Name an export of a function’s log group.',
    );
  }
  const notes = [
    ...found.notes,
    ...note('holds no log events', empty),
    ...note('ran from new to old and was turned round', reversed),
    ...note('has no times: its lines keep their order, under a time that was made up', untimed),
  ];
  return { ...mergeSources(parts), rejected, notes };
}

/** What was done to some files, in one line. */
function note(what: string, names: readonly string[]): readonly string[] {
  const [first, ...more] = names;
  if (first === undefined) return [];
  return [`${first}${more.length > 0 ? ` (and ${more.length} more)` : ''} ${what}.`];
}

interface SplitUnit {
  readonly lambda: readonly OriginEvents[];
  readonly foreign: readonly Rejection[];
}

/** Sets aside the origins of a unit that hold nothing from Lambda. A file that the user named and that holds nothing else is an error. */
function splitByOrigin(unit: InputUnit, collector: EventCollector): SplitUnit {
  const origins = collector.origins();
  const lambda = origins.filter((origin) => origin.isLambda);
  if (unit.isNamed && lambda.length === 0) throw nothingFromLambda(unit.name, origins, collector.rejections());
  const foreign = origins.filter((origin) => !origin.isLambda);
  return {
    lambda,
    foreign: foreign.map(({ origin, events }) => ({
      reason: 'not-lambda-logs',
      count: events.length,
      file: unit.name,
      detail: origin.logGroup ?? (events[0]?.message ?? '').slice(0, 80),
    })),
  };
}

function nothingFromLambda(name: string, origins: readonly OriginEvents[], rejected: readonly Rejection[]): InputError {
  const events = origins.reduce((sum, origin) => sum + origin.events.length, 0);
  const refused = rejected[0];
  if (events > 0 && origins.some(({ events: its }) => its.some(({ message }) => LAMBDA_INSIDE.test(message)))) {
    const problem = `${name} holds lines of AWS Lambda in a form that is not known.`;
    return new InputError('not-lambda-logs', problem, 'Export them as JSON, with aws logs filter-log-events.');
  }
  if (events > 0) {
    const problem = `${name} holds ${events} log ${events === 1 ? 'line' : 'lines'}, none of them written by AWS Lambda.`;
    return new InputError('not-lambda-logs', problem, 'Name an export of a function’s log group.');
  }
  if (refused)
    return new InputError(
      'no-logs',
      `${name} holds no log events: ${refused.reason} (${refused.detail}).`,
      'Name a log export.',
    );
  return noLogs(name);
}

/** A record of Lambda somewhere in a line: in a table, in YAML, behind the prefix of another tool. */
const LAMBDA_INSIDE = /\b(?:START|END|REPORT) RequestId: /;

const isEmpty = (collector: EventCollector): boolean =>
  collector.origins().length === 0 && collector.rejections().length === 0;

const noLogs = (name: string): InputError =>
  new InputError('no-logs', `${name} holds no log events.`, 'Name a log export.');
