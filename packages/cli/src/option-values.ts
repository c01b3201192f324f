import { LONGEST_HORIZON } from '@lamplighter/time-series';
import { InvalidArgumentError } from 'commander';

/** A port to listen on. As every reader here, throws commander's `InvalidArgumentError` with what is wanted. */
export function readPort(text: string): number {
  const port = readInteger(text);
  if (port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** A whole number of up to nine digits. */
export function readInteger(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}

/** A whole number from 1 on. */
export function readCount(text: string): number {
  const count = readInteger(text);
  if (count < 1) throw new InvalidArgumentError('A whole number from 1 on is needed.');
  return count;
}

/** A whole number from 1 to a most. */
export const readUpTo =
  (most: number) =>
  (text: string): number => {
    const count = readCount(text);
    if (count > most) throw new InvalidArgumentError(`A whole number from 1 to ${most} is needed.`);
    return count;
  };

/** From 0 to 1. */
export function readProbability(text: string): number {
  const probability = Number(text);
  if (text.trim() === '' || !(probability >= 0 && probability <= 1))
    throw new InvalidArgumentError('A probability is a number from 0 to 1.');
  return probability;
}

/** From 0 to 100. */
export function readPercent(text: string): number {
  const percent = Number(text);
  if (text.trim() === '' || !(percent >= 0 && percent <= 100))
    throw new InvalidArgumentError('A percentage is a number from 0 to 100.');
  return percent;
}

const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** `500ms`, `1.5s`, `2m`, in milliseconds. */
export function readDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m)$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('A duration is a number with its unit: 500ms, 1.5s or 2m.');
  return Number(count) * (DURATION_UNITS[unit] ?? 1);
}

/** Steps ahead. */
export function readHorizon(text: string): number {
  const horizon = readInteger(text);
  if (horizon > LONGEST_HORIZON)
    throw new InvalidArgumentError(`A horizon is a whole number from 0 to ${LONGEST_HORIZON}.`);
  return horizon;
}

/** Points of a season. */
export function readSeason(text: string): number {
  const season = readInteger(text);
  if (season < 1) throw new InvalidArgumentError('A season has at least 1 point.');
  return season;
}

/** Levels of intervals, in percent. */
export function readLevels(text: string): readonly number[] {
  const levels = text.split(',').map(Number);
  if (levels.some((level) => !(level > 0 && level < 100)))
    throw new InvalidArgumentError('Levels are percentages above 0 and below 100, such as 80,95.');
  return levels;
}

/** The name of a function, which its log group and its ARN hold too: what was copied is taken as it is. */
export function readFunctionName(text: string): string {
  const [, ofArn] = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(text) ?? [];
  return ofArn ?? text.replace(/^\/aws\/lambda\//, '');
}
