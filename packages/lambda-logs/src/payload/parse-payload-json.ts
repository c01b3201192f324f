import { type Buffer, isAscii } from 'node:buffer';
import { isJsonObject, type JsonObject } from '../records/json-fields.ts';

/** Text of more than 128 KiB or so gets a piece of heap of its own, fresh from the operating system: as dear as parsing half of it. */
const PIECE_BYTES = 64 * 1024;
/** Beyond this a payload is looked at as a whole anyway (`isTooComplex`). */
const LARGEST_IN_PIECES = 1024 * 1024;
const CLOSE_BRACE = 0x7d;
const [OPEN_BRACKET, COMMA, CLOSE_BRACKET] = [0x5b, 0x2c, 0x5d];

/** Valid UTF-8 -> text. ASCII takes the shorter way. */
export const textOf = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

/**
 * The value of a payload's JSON if it can be read piece by piece, which gives what JSON.parse of the whole gives and is a quarter faster;
 * undefined where it cannot, be it too short, too long, laid out in another way, or no JSON.
 *
 * Neither of the marks that it is cut at can stand in a string, since a quote in there has a backslash before it. So when what comes before the
 * list is an object with an empty list put for it, and each piece is a list with its brackets put on, the whole is that object with those lists' events.
 */
export function parseInPieces(bytes: Buffer): JsonObject | undefined {
  if (bytes.length < 2 * PIECE_BYTES || bytes.length > LARGEST_IN_PIECES) return undefined;
  if (bytes[bytes.length - 1] !== CLOSE_BRACE) return undefined;
  const list = bytes.indexOf(LIST_OPENING);
  if (list === -1) return undefined;
  try {
    const payload: unknown = JSON.parse(`${textOf(bytes.subarray(0, list))}${LIST_KEY}[]}`);
    if (!isJsonObject(payload)) return undefined;
    return { ...payload, logEvents: eventsInPieces(bytes, list + LIST_KEY.length) };
  } catch {
    return undefined;
  }
}

const LIST_KEY = ',"logEvents":';
const LIST_OPENING = `${LIST_KEY}[{"id":"`;
const BETWEEN_EVENTS = '},{"id":"';

/** `open` is where the list's bracket stands. Throws where a piece is no list. */
function eventsInPieces(bytes: Buffer, open: number): unknown[] {
  const pieces: unknown[][] = [];
  for (let start = open; start !== -1; ) {
    const cut = bytes.indexOf(BETWEEN_EVENTS, start + PIECE_BYTES);
    const comma = cut === -1 ? -1 : cut + 1;
    pieces.push(JSON.parse(listText(bytes, start, comma)) as unknown[]);
    start = comma;
  }
  return ([] as unknown[]).concat(...pieces);
}

/**
 * A piece as a list, read with brackets in place of the commas around it: put on the text instead, they would cost a copy of it. The commas come
 * back at once, for the bytes are the caller's. `close` is -1 for the last piece, which ends with the list's own bracket.
 */
function listText(bytes: Buffer, open: number, close: number): string {
  const before = bytes[open] as number;
  bytes[open] = OPEN_BRACKET;
  if (close !== -1) bytes[close] = CLOSE_BRACKET;
  const text = textOf(bytes.subarray(open, close === -1 ? bytes.length - 1 : close + 1));
  bytes[open] = before;
  if (close !== -1) bytes[close] = COMMA;
  return text;
}
