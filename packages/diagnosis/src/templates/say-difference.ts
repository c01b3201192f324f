import { escapedText } from './visible-text.ts';

/** Characters of a value that are shown. */
const MOST = 60;
const FROM_THE_END = 19;
/** Of what two values have in common before they differ. */
const CONTEXT = 20;
/** A value of that many characters was cut when it was kept: its last member may be a part of one. */
const KEPT = 200;

/** A value of a setting, short: cut in its middle, since an ARN ends with what tells it from others. */
export function sayValue(value: string): string {
  const characters = [...value];
  if (characters.length <= MOST) return escapedText(value);
  const head = characters.slice(0, MOST - 1 - FROM_THE_END).join('');
  return `${escapedText(head)}…${escapedText(characters.slice(-FROM_THE_END).join(''))}`;
}

/** What became of a setting's value: both as they are where they are short, else the members of a list or of JSON that came and went, else both from where they differ. */
export function sayDifference(before: string, after: string): string {
  if (before === after) return before.length < KEPT ? sayValue(after) : 'changed';
  if (isShort(before) && isShort(after)) return `${sayValue(before)} → ${sayValue(after)}`;
  return sayMembers(before, after) ?? sayRest(before, after);
}

const isShort = (value: string): boolean => [...value].length <= MOST;

/** Undefined where nothing stayed, so that it is no list that a member came to, or where the members would look alike. */
function sayMembers(before: string, after: string): string | undefined {
  if (before.length >= KEPT || after.length >= KEPT) return undefined;
  const [old, now] = [membersOf(before), membersOf(after)];
  const gone = old.filter((member) => !now.includes(member));
  const come = now.filter((member) => !old.includes(member));
  if (gone.length === old.length || gone.length + come.length === 0) return undefined;
  if (gone.length === 1 && come.length === 1) return sayDifference(gone[0]!, come[0]!);
  const [without, plus] = [gone.map(sayValue), come.map(sayValue)];
  if (without.some((text) => plus.includes(text))) return undefined;
  return [without, plus]
    .flatMap((texts, at) => (texts.length > 0 ? [`${WORDS[at]} ${texts.join(', ')}`] : []))
    .join(', ');
}

const WORDS = ['without', 'plus'];

/** Of JSON its values, with the names of what they are in; of a list its members; any other text is one. */
function membersOf(value: string): readonly string[] {
  if (!/^[[{]/.test(value)) return value.split(', ');
  try {
    return leavesOf(JSON.parse(value));
  } catch {
    return [value];
  }
}

function leavesOf(value: unknown, name = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((member) => leavesOf(member, name));
  if (typeof value !== 'object' || value === null) return [`${name} ${String(value)}`.trim()];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, name === '' ? key : `${name}.${key}`));
}

function sayRest(before: string, after: string): string {
  const [old, now] = [[...before], [...after]];
  const differs = old.findIndex((character, at) => character !== now[at]);
  const start = startOf(old.slice(0, differs === -1 ? old.length : differs));
  const rest = (characters: readonly string[]): string =>
    (start === 0 ? '' : '…') + sayValue(characters.slice(start).join(''));
  return `${rest(old)} → ${rest(now)}`;
}

/** Where to begin so that some of the common beginning is shown, if it can be from a mark between words on. */
function startOf(common: readonly string[]): number {
  if (common.length <= CONTEXT) return 0;
  const from = common.length - CONTEXT;
  const mark = common.slice(from).findIndex((character) => /[^\p{L}\p{N}]/u.test(character));
  return from + Math.max(mark, 0);
}
