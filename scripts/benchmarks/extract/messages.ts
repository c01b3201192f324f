import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDocument } from '../../../packages/xml-extract/src/index.ts';
import { reservationXml } from './reservation-xml.ts';

const GENERATED = 64;

/** The messages that are measured: generated, or the well-formed `*.xml` files of a directory. */
export function readMessages(directory: string | undefined): { readonly messages: Buffer[]; readonly refused: number } {
  if (directory === undefined)
    return {
      messages: Array.from({ length: GENERATED }, (_, index) => Buffer.from(reservationXml(1_000 + 37 * index))),
      refused: 0,
    };
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.xml'))
    .sort();
  const all = files.map((name) => readFileSync(join(directory, name)));
  const messages = all.filter((bytes) => checkDocument(bytes).kind === 'extracted');
  if (messages.length === 0) throw new RangeError(`There is no well-formed *.xml file in ${directory}.`);
  return { messages, refused: all.length - messages.length };
}
