/** An ISO time with milliseconds, as node's runtime begins a line. */
const TIME_CHARS = 24;
const [ZERO, NINE, LETTER_T, LETTER_Z, OPEN_BRACKET] = [0x30, 0x39, 0x54, 0x5a, 0x5b];

/**
 * Whether the runtime says of a line that it is below ERROR: node's in its third column, python's in brackets. Such a line tells of no error,
 * whatever its text holds, and most lines are such, so nobody need search them. False says nothing.
 */
export function isBelowError(line: string): boolean {
  const code = line.charCodeAt(0);
  if (code === OPEN_BRACKET)
    return line.startsWith('[INFO]') || line.startsWith('[DEBUG]') || line.startsWith('[WARNING]');
  const isTimed = code >= ZERO && code <= NINE && line.indexOf('\t') === TIME_CHARS;
  if (!isTimed || line.charCodeAt(10) !== LETTER_T || line.charCodeAt(TIME_CHARS - 1) !== LETTER_Z) return false;
  const idEnd = line.indexOf('\t', TIME_CHARS + 1);
  return idEnd !== -1 && isLevelBelowError(line, idEnd + 1) && !hasBlankBefore(line, idEnd);
}

const isLevelBelowError = (line: string, at: number): boolean =>
  line.startsWith('INFO\t', at) ||
  line.startsWith('DEBUG\t', at) ||
  line.startsWith('WARN\t', at) ||
  line.startsWith('TRACE\t', at);

/** Blanks part columns too, so the third may be another. */
function hasBlankBefore(line: string, end: number): boolean {
  const blank = line.indexOf(' ');
  return blank !== -1 && blank < end;
}
