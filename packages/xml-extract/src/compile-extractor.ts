import { type Limits, limitsWith } from './limits.ts';
import { planExtraction } from './plan/extraction-plan.ts';
import { growPathTree } from './plan/path-tree.ts';
import { RecordCollector } from './plan/record-collector.ts';
import type { DocumentShape, Extracted } from './plan/shape.ts';
import { decodeDocument } from './scan/decode-document.ts';
import { scanDocument } from './scan/scan-document.ts';
import type { Sink } from './scan/scan-state.ts';
import { describeFault, type XmlFault, XmlFaultError } from './xml-fault.ts';

/** What became of a document. */
export type Extraction<T> =
  | { readonly kind: 'extracted'; readonly record: T }
  | { readonly kind: 'refused'; readonly fault: XmlFault };

/** Takes the details of one document; a string is taken as decoded, bytes are decoded strictly. Never throws for a document. */
export type Extract<S extends DocumentShape> = (input: string | Uint8Array) => Extraction<Extracted<S>>;

/**
 * Compiles the paths of a shape, once, into a function that extracts them from documents.
 *
 * @example
 * const extract = compileExtractor({ groups: { stays: { path: '//RoomStay', fields: { start: 'TimeSpan/@Start' } } } });
 *
 * @throws RangeError for a path, name or limit that cannot be used
 */
export function compileExtractor<const S extends DocumentShape>(shape: S, limits?: Partial<Limits>): Extract<S> {
  const plan = planExtraction(growPathTree(shape));
  const allLimits = limitsWith(limits);
  return (input) =>
    readDocument(input, allLimits, (document) => {
      const collector = new RecordCollector(plan, allLimits, document);
      scanDocument(document, allLimits, collector);
      return collector.record as Extracted<S>;
    });
}

/** Only checks that a document is well-formed and within the limits. */
export function checkDocument(input: string | Uint8Array, limits?: Partial<Limits>): Extraction<undefined> {
  const allLimits = limitsWith(limits);
  return readDocument(input, allLimits, (document) => scanDocument(document, allLimits, DEAF) as undefined);
}

const DEAF: Sink = { open: () => undefined, text: () => undefined, close: () => undefined };

/** Decodes a document, reads it, and makes data of its fault. */
export function readDocument<T>(
  input: string | Uint8Array,
  limits: Limits,
  read: (document: string) => T,
): Extraction<T> {
  let document = '';
  try {
    if (input.length > limits.maxBytes)
      throw new XmlFaultError('TOO_LARGE', 0, `The document is larger than ${limits.maxBytes} bytes.`);
    document = typeof input === 'string' ? input : decodeDocument(input);
    return { kind: 'extracted', record: read(document) };
  } catch (error) {
    if (!(error instanceof XmlFaultError)) throw error;
    return { kind: 'refused', fault: describeFault(error, document) };
  }
}
