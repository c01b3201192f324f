import { createHash } from 'node:crypto';
import { cutText } from '@lamplighter/contracts/cut-text';
import type { AlertSignal } from '../alert-signal.ts';

const TITLE_LIMIT = 300;
/** Far below the 400 KB of an item and the 256 KB of an event, whatever the text becomes in UTF-8 and JSON. */
const TEXT_LIMIT = 8_000;
/** A partition key takes 2,048 bytes, and holds two of these. */
const KEY_BYTES = 500;
const MOST_PEOPLE = 20;
/** What bears more names is held against the first ones. */
const MOST_NAMES = 5;
/** The latest instant that a Date can name. */
const LATEST_MS = 8.64e15;

/**
 * A signal of any origin in bounds: texts cut and without control characters and changes of direction, keys short enough for a table. Pure.
 * @throws RangeError for a time or a revision that is none
 */
export function boundSignal(signal: AlertSignal): AlertSignal {
  const { at, since = at, revision, subject, approvals, concerns, because, names } = signal;
  for (const time of [at, since])
    if (!(Math.abs(time) <= LATEST_MS))
      throw new RangeError(`An alert's time has to be epoch milliseconds, not ${time}.`);
  if (!Number.isSafeInteger(revision)) throw new RangeError(`A revision has to be a whole number, not ${revision}.`);
  return {
    ...signal,
    groupKey: shortKey(signal.groupKey),
    subject: { ...subject, id: shortKey(subject.id) },
    ...(names && { names: names.slice(0, MOST_NAMES).map(oneLine) }),
    title: visible(oneLine(signal.title)) ?? '(no title)',
    text: cutText(readable(signal.text), TEXT_LIMIT),
    ...(approvals && { approvals: approvals.slice(0, MOST_PEOPLE) }),
    ...(concerns && { concerns: concerns.slice(0, MOST_PEOPLE) }),
    ...(because !== undefined && { because: oneLine(because) }),
  };
}

const oneLine = (text: string): string => cutText(readable(text).replace(/\s+/g, ' ').trim(), TITLE_LIMIT);

/** Undefined where a reader would see nothing: white space, and characters that only shape others. */
const visible = (text: string): string | undefined => (/[^\s\p{Cf}]/u.test(text) ? text : undefined);

/** No control character but new line and tab, no lone surrogate, no mark that turns the direction of what follows (U+061C, U+202A-202E, U+2066-2069). */
export const readable = (text: string): string =>
  text
    .slice(0, 4 * TEXT_LIMIT)
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g, ' ');

/** A key as it is, or its beginning and a hash of the whole. */
function shortKey(key: string): string {
  const wellFormed = key.toWellFormed();
  if (Buffer.byteLength(wellFormed) <= KEY_BYTES) return wellFormed;
  return `${cutText(wellFormed, 60)}#${createHash('sha256').update(key).digest('hex')}`;
}
