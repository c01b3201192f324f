import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError } from '../input-error.ts';
import type { EventCollector, OriginEvents } from './event-collector.ts';
import type { RawEvent } from './event-sink.ts';
import { findInputs, type InputUnit } from './find-inputs.ts';
import { mergeSources, type StreamPart } from './merge-sources.ts';
import { fillTimes, isNewestFirst } from './newest-first.ts';
import { readUnit, type UnitProgress } from './read-unit.ts';
import type { Rejection, ReplayInput } from './replay-source.ts';

export interface ReplayInputOptions {
  /** The log group of a file that does not say it itself. */
  readonly logGroupOf: (file: string) => string | undefined;
  readonly onProgress?: UnitProgress;
}

/**
 * Reads log exports of every form that people have into streams of events; each line of the input is an event or is rejected with a reason.
 * Throws {@link InputError} for anything that leaves nothing to replay, or only part of it.
 */
export async function readReplayInput(paths: readonly string[], options: ReplayInputOptions): Promise<ReplayInput> {
  const found = await findInputs(paths);
  const notes = [...found.notes];
  const rejected: Rejection[] = [];
  const parts: StreamPart[] = [];
  for (const unit of found.units) {
    const collector = await readUnit(unit, options.onProgress);
    rejected.push(...collector.rejections());
    const { lambda, foreign } = splitByOrigin(unit, collector);
    rejected.push(...foreign);
    parts.push(...(await toParts(unit, lambda, options, notes)));
  }
  if (parts.length === 0) {
    throw new InputError(
      'not-lambda-logs',
      `Nothing in ${paths.join(', ')} was written by AWS Lambda.`,
      'Name an export of a function’s log group.',
    );
  }
  return { ...mergeSources(parts), rejected, notes };
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
  return new InputError('no-logs', `${name} holds no log events.`, 'Name a log export.');
}

async function toParts(
  unit: InputUnit,
  origins: readonly OriginEvents[],
  options: ReplayInputOptions,
  notes: string[],
): Promise<readonly StreamPart[]> {
  const reversed = isNewestFirst(origins.map((origin) => origin.events));
  if (reversed) notes.push(`${unit.name} runs from new to old and was turned round.`);
  const fallback = await writtenAt(unit);
  if (origins.some(({ events }) => !hasTimes(events)))
    notes.push(`${unit.name} has lines without a time: they keep their order, under a time that was made up.`);
  return origins.map(({ origin, events }) => {
    const logGroup = origin.logGroup ?? options.logGroupOf(unit.files[0] ?? unit.name);
    if (!logGroup) throw logGroupNeeded(unit.name);
    const ordered = reversed ? events.toReversed() : events;
    return {
      ...(origin.owner ? { owner: origin.owner } : {}),
      logGroup,
      logStream: origin.logStream ?? streamNameOf(unit.name),
      events: fillTimes(ordered, fallback),
      isTimed: hasTimes(events),
    };
  });
}

const hasTimes = (events: readonly RawEvent[]): boolean => events.some((event) => event.timestamp !== undefined);

function logGroupNeeded(name: string): InputError {
  return new InputError(
    'log-group-needed',
    `${name} does not say which log group it comes from.`,
    'Add --log-group /aws/lambda/NAME.',
  );
}

/** When the file was last written: the time of a text that tells none. Whole seconds, so that copies of a file agree. */
async function writtenAt(unit: InputUnit): Promise<number> {
  const { mtimeMs } = await stat(unit.files[0] ?? unit.name);
  return Math.floor(mtimeMs / 1000) * 1000;
}

/** A stream for text that names none; `:` and `*` may not stand in a stream's name. */
function streamNameOf(name: string): string {
  return `replay/${basename(name).replace(/[:*]/g, '-')}`;
}
