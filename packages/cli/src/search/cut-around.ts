import { shorten } from '../terminal/fit-table.ts';

/** A text in three: before what was looked for, that, and behind it. */
export interface CutText {
  readonly before: string;
  /** Empty where it is not in the text: an index finds words where other signs stand between them. */
  readonly match: string;
  readonly after: string;
}

/** Of what stands before a match this share of the room is kept, and more where there is nothing behind it. */
const BEFORE = 1 / 3;

/** Cuts a text to a width so that the first place where it holds `part`, in any case, stays in it; `…` stands for what is left out. */
export function cutAround(text: string, part: string, width: number): CutText {
  const at = indexIn(text, part);
  if (at < 0 || part === '') return { before: shorten(text, width), match: '', after: '' };
  const { from, to } = windowOf(text.length, { at, length: part.length }, width);
  const [start, end] = [from > 0 ? from + 1 : 0, to < text.length ? to - 1 : to];
  const matchEnd = Math.min(at + part.length, end);
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(start, Math.max(start, at))}`,
    match: text.slice(Math.max(start, at), matchEnd),
    after: `${text.slice(matchEnd, end)}${to < text.length ? '…' : ''}`,
  };
}

/** Where the part that is kept begins and ends; the sign for what is left out takes a place of it at either end. */
function windowOf(length: number, match: { readonly at: number; readonly length: number }, width: number) {
  if (length <= width) return { from: 0, to: length };
  const wanted = match.at - Math.max(1, Math.floor((width - match.length) * BEFORE));
  const from = Math.max(0, Math.min(wanted, length - width));
  return { from, to: from + width };
}

/** Case is folded only where that moves no place: some letters become two. */
function indexIn(text: string, part: string): number {
  const folded = text.toLowerCase();
  return folded.length === text.length ? folded.indexOf(part.toLowerCase()) : text.indexOf(part);
}
