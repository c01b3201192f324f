/** Characters of a value that are kept of a change. */
const KEPT = 200;

/** A setting's value as it is compared: lists by their members. */
export const wholeText = (value: unknown = 'unknown'): string => {
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ') || 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** As it is kept of a change, and shown. */
export const shortText = (text: string): string => text.slice(0, KEPT);

/** Whether a text may be all that was kept of a longer one, before whole values were compared. */
export const isCutOf = (text: string, whole: string): boolean =>
  text.length === KEPT && whole.length > KEPT && whole.startsWith(text);
