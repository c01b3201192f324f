import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError } from '../../input-error.ts';
import type { OriginEvents } from './event-collector.ts';
import type { RawEvent } from './event-sink.ts';
import type { InputUnit } from './find-inputs.ts';
import type { StreamPart } from './merge-sources.ts';
import { fillTimes, isNewestFirst } from './newest-first.ts';

export interface UnitParts {
  readonly parts: readonly StreamPart[];
  /** The input ran from new to old and was turned round. */
  readonly wasReversed: boolean;
  /** The input knows no times: they were made up. */
  readonly isUntimed: boolean;
}

/** Completes what one input says: order, times, log group and stream. Throws {@link InputError} `log-group-needed`. */
export async function toStreamParts(
  unit: InputUnit,
  origins: readonly OriginEvents[],
  logGroupOf: (file: string) => string | undefined,
): Promise<UnitParts> {
  const wasReversed = isNewestFirst(origins.map((origin) => origin.events));
  const fallback = await writtenAt(unit);
  const parts = origins.map(({ origin, events }): StreamPart => {
    const logGroup = origin.logGroup ?? logGroupOf(unit.files[0] ?? unit.name);
    if (!logGroup) throw logGroupNeeded(unit.name);
    return {
      ...(origin.owner ? { owner: origin.owner } : {}),
      logGroup,
      logStream: origin.logStream ?? streamNameOf(unit.name),
      events: fillTimes(wasReversed ? events.toReversed() : events, fallback),
      isTimed: hasTimes(events),
      isStreamNamed: origin.logStream !== undefined,
    };
  });
  return { parts, wasReversed, isUntimed: parts.some(({ isTimed }) => !isTimed) };
}

const hasTimes = (events: readonly RawEvent[]): boolean => events.some((event) => event.timestamp !== undefined);

function logGroupNeeded(name: string): InputError {
  const problem = `${name} does not say which log group it comes from.`;
  return new InputError('log-group-needed', problem, 'Add --log-group /aws/lambda/NAME.');
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
