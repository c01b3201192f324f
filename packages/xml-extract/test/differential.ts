import { isDeepStrictEqual } from 'node:util';
import { compileExtractor, type XmlFault } from '../src/index.ts';
import { DOCUMENTS, SHAPE } from './differential-documents.ts';
import { mutateXml, seededRandom } from './mutate-xml.ts';
import { referenceExtract } from './reference-extract.ts';

/** What a comparison with saxes found. */
export interface Differential {
  readonly accepted: number;
  readonly refused: number;
  /** Refused here and not by saxes, by the clause that saxes does not hold to. */
  readonly stricter: Readonly<Record<string, number>>;
  /** Documents that the two do not agree on, without a clause that explains it. */
  readonly differences: readonly string[];
}

const extract = compileExtractor(SHAPE);

/** Extracts from `count` mutated documents here and with saxes. */
export function compareWithSaxes(count: number, seed: number, documents: readonly string[] = DOCUMENTS): Differential {
  const random = seededRandom(seed);
  const found = { accepted: 0, refused: 0, stricter: {} as Record<string, number>, differences: [] as string[] };
  for (let index = 0; index < count; index += 1) {
    const xml = mutateXml(documents[index % documents.length]!, random);
    const verdict = compare(xml);
    if (verdict === 'accepted' || verdict === 'refused') found[verdict] += 1;
    else if (verdict === 'different') found.differences.push(xml);
    else found.stricter[verdict] = (found.stricter[verdict] ?? 0) + 1;
  }
  return found;
}

function compare(xml: string): string {
  const ours = extract(xml);
  const theirs = referenceExtract(xml, SHAPE);
  if (ours.kind === 'extracted') return isDeepStrictEqual(ours.record, theirs) ? 'accepted' : 'different';
  if (theirs === undefined) return 'refused';
  return clauseOf(xml, ours.fault) ?? 'different';
}

/** The clause by which a document is wrong that saxes 6.0.0 accepts. */
function clauseOf(xml: string, { code, offset }: XmlFault): string | undefined {
  if (code === 'ILLEGAL_CHARACTER' && !xml.isWellFormed()) return 'XML 1.0 [2] Char: no half of a surrogate pair';
  if (code === 'BAD_NAME' && !xml.isWellFormed()) return 'XML 1.0 [2] Char: no half of a surrogate pair';
  if (code === 'BAD_NAME' && xml[offset - 1] === ':' && /[-.\d]/.test(xml[offset]!))
    return 'Namespaces [11] LocalPart: an NCName';
  if (code === 'BAD_INSTRUCTION' && xml[offset] === '?') return 'XML 1.0 [16] PI: white space after the target';
  return undefined;
}
