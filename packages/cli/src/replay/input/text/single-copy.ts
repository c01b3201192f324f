/**
 * The console's expanded view shows a record twice, formatted and raw; copied text then holds both. Gives the raw one where both
 * say the same, else the text as it is.
 */
export function singleCopy(message: string): string {
  const gap = /\n\s*\n/.exec(message);
  if (!gap) return message;
  const first = message.slice(0, gap.index);
  const second = message.slice(gap.index + gap[0].length);
  if (second.includes('\n') || !sameRecord(first, second)) return message;
  return first.includes('\n') || !first.includes('\t') ? second : first;
}

function sameRecord(a: string, b: string): boolean {
  return squeeze(a) === squeeze(b);
}

/** Formatting only moves white space: between the values of a JSON record and between the fields of a text record. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
