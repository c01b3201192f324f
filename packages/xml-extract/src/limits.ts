/** What a message may need at most. Lengths are in UTF-16 units of the decoded document, `maxBytes` in bytes as received. */
export interface Limits {
  /** Bytes of a Buffer, or UTF-16 units of a string. Checked before anything is decoded. */
  readonly maxBytes: number;
  /** Open elements at once. */
  readonly maxDepth: number;
  /** Attributes of one element, namespace declarations included. At most 1,000, as duplicates are looked for pair by pair. */
  readonly maxAttributes: number;
  /** Namespace declarations in scope at once. At most 1,000, as a prefix is looked up from the newest on. */
  readonly maxNamespaces: number;
  /** Length of one element, attribute or target name. */
  readonly maxNameLength: number;
  /** Length of one attribute value, run of text, or text collected of one element. */
  readonly maxTextLength: number;
  /** Records that one message may yield, so that a small message cannot become a large result. */
  readonly maxRecords: number;
}

/** What a document may take where the caller does not say. */
export const DEFAULT_LIMITS: Limits = {
  maxBytes: 4 * 1024 * 1024,
  maxDepth: 128,
  maxAttributes: 128,
  maxNamespaces: 64,
  maxNameLength: 256,
  maxTextLength: 1024 * 1024,
  maxRecords: 10_000,
};

const HIGHEST: Limits = {
  maxBytes: 512 * 1024 * 1024,
  maxDepth: 100_000,
  maxAttributes: 1_000,
  maxNamespaces: 1_000,
  maxNameLength: 65_536,
  maxTextLength: 512 * 1024 * 1024,
  maxRecords: 10_000_000,
};

/**
 * The default limits with some replaced.
 *
 * @throws RangeError where a limit is no whole number between 1 and what keeps the scan linear
 */
export function limitsWith(given: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(given)) {
    const highest = HIGHEST[name as keyof Limits];
    if (highest === undefined) throw new RangeError(`There is no limit ${name}.`);
    if (!Number.isInteger(value) || value < 1 || value > highest)
      throw new RangeError(`${name} must be a whole number from 1 to ${highest}.`);
  }
  return { ...DEFAULT_LIMITS, ...given };
}
