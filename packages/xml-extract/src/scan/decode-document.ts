import { isUtf8 } from 'node:buffer';
import { XmlFaultError } from '../xml-fault.ts';
import { declaredEncoding } from './xml-declaration.ts';

type Decode = (bytes: Uint8Array) => string;

const HEAD_BYTES = 1024;
const REFUSE_INVALID = { fatal: true, ignoreBOM: true };

/** By the names of the IANA register that XML messages declare, in lower case. */
const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['utf-8', decodeUtf8],
  ['us-ascii', decodeAscii],
  ['ascii', decodeAscii],
  ['iso-8859-1', decodeLatin1],
  ['latin1', decodeLatin1],
  ['iso-8859-15', decodeBy('iso-8859-15')],
  ['windows-1252', decodeBy('windows-1252')],
]);
const UTF16 = new Set(['utf-16', 'utf-16le', 'utf-16be']);

/**
 * The characters of a document, by its byte order mark or first bytes, else by its declaration (XML 1.0, appendix F).
 * Bytes that the encoding does not know refuse the document; nothing is replaced.
 *
 * @throws XmlFaultError `ENCODING_UNSUPPORTED`, `ENCODING_INVALID`
 */
export function decodeDocument(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes);
  const declared = declaredEncoding(
    wide === undefined ? headOf(bytes) : decodeWide(bytes.subarray(0, HEAD_BYTES), wide),
  );
  if (wide !== undefined) {
    if (declared !== undefined && !UTF16.has(declared.toLowerCase())) failEncoding(declared, wide);
    return decodeWide(bytes, wide);
  }
  if (hasUtf8Mark(bytes) && declared !== undefined && declared.toLowerCase() !== 'utf-8')
    failEncoding(declared, 'utf-8');
  if (UTF16.has((declared ?? '').toLowerCase())) failEncoding(declared!, 'single bytes');
  const decode = DECODERS.get((declared ?? 'utf-8').toLowerCase());
  if (decode === undefined)
    throw new XmlFaultError('ENCODING_UNSUPPORTED', 0, `The encoding ${declared} is not one of those that are read.`);
  return decode(bytes);
}

function failEncoding(declared: string, found: string): never {
  throw new XmlFaultError('ENCODING_INVALID', 0, `The document declares ${declared} but is written in ${found}.`);
}

/** UTF-16 by its mark, or by the zero byte beside its first `<`. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return undefined;
}

function decodeWide(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  if (even.length < bytes.length) failInvalid(encoding);
  // Halves of pairs are refused by the scan, which knows their place.
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(even);
}

const hasUtf8Mark = ([first, second, third]: Uint8Array): boolean =>
  first === 0xef && second === 0xbb && third === 0xbf;

function headOf(bytes: Uint8Array): string {
  return asBuffer(hasUtf8Mark(bytes) ? bytes.subarray(3) : bytes).toString('latin1', 0, HEAD_BYTES);
}

function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) failInvalid('utf-8');
  return asBuffer(bytes).toString('utf8');
}

function decodeAscii(bytes: Uint8Array): string {
  if (bytes.some((byte) => byte > 0x7f)) failInvalid('us-ascii');
  return decodeLatin1(bytes);
}

function decodeLatin1(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1');
}

function decodeBy(encoding: string): Decode {
  return (bytes) => {
    try {
      return new TextDecoder(encoding, REFUSE_INVALID).decode(bytes);
    } catch {
      failInvalid(encoding);
    }
  };
}

function failInvalid(encoding: string): never {
  throw new XmlFaultError('ENCODING_INVALID', 0, `The bytes are not ${encoding}.`);
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
