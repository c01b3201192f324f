import { coversPath, type OutlinedPath, outlineDocument, type XmlFault } from '@lamplighter/xml-extract';
import type { SetAside } from '../messages/classify-message.ts';
import type { ReservationMessage } from '../messages/reservation-message.ts';
import { stripNamespaces } from './compile-expression.ts';
import {
  type CompiledMapping,
  type CompiledPart,
  type MappedRecord,
  mappedPaths,
  recordsOf,
} from './compile-mapping.ts';
import { mapReservations } from './map-reservations.ts';

/** A field of the mapping that found nothing. */
export interface MissingField {
  /** Such as `guests.email`. */
  readonly field: string;
  /** Of how many records. */
  readonly missing: number;
  readonly records: number;
}

/** What a mapping does to a document, for the person who writes it. Nothing is stored. */
export type DryRun =
  | {
      readonly kind: 'mapped';
      readonly reservations: readonly ReservationMessage[];
      readonly setAside: readonly SetAside[];
      /** Fields of the mapping without a value in some record. */
      readonly missing: readonly MissingField[];
      /** Places of the document that hold a value and that no path of the mapping looks at. */
      readonly unmapped: readonly OutlinedPath[];
    }
  | { readonly kind: 'rejected'; readonly fault: XmlFault };

/** Shows what a mapping extracts of a document, what it does not find, and what of the document it leaves out. */
export function dryRun(mapping: CompiledMapping, input: string | Uint8Array): DryRun {
  const outcome = mapReservations(mapping, input);
  const outline = outlineDocument(input);
  const extraction = mapping.extract(input);
  if (outcome.kind === 'rejected') return outcome;
  if (outline.kind === 'refused') return { kind: 'rejected', fault: outline.fault };
  if (extraction.kind === 'refused') return { kind: 'rejected', fault: extraction.fault };
  const paths = mappedPaths(mapping).map(stripNamespaces);
  return {
    kind: 'mapped',
    reservations: outcome.reservations,
    setAside: outcome.setAside,
    missing: missingFields('', mapping.record, extraction.record.records),
    unmapped: outline.record.filter(({ path: place }) => !paths.some((path) => coversPath(path, place))),
  };
}

function missingFields(above: string, part: CompiledPart, records: readonly MappedRecord[]): MissingField[] {
  const own = [...part.fields].map(([name, evaluate]) => ({
    field: `${above}${name}`,
    missing: records.filter((record) => evaluate(record, []) === undefined).length,
    records: records.length,
  }));
  const below = [...part.below].flatMap(([name, each]) =>
    missingFields(
      `${above}${name}.`,
      each,
      records.flatMap((record) => recordsOf(record, name, each)),
    ),
  );
  return [...own.filter(({ missing }) => missing > 0), ...below];
}
