import { maskCardNumbers } from './mask-card-numbers.ts';

/** Attributes and elements that hold a card's number or security code, whatever their prefix. */
const CARD_ATTRIBUTE =
  /(\b(?:[\w.-]+:)?(?:CardNumber|MaskedCardNumber|PlainText|SeriesCode|CardSecurityCode|CVV|CVC|cc_number|cc_cvc)\s*=\s*)(["'])([^"'<]*)\2/gi;
const CARD_ELEMENT =
  /(<((?:[\w.-]+:)?(?:CardNumber|MaskedCardNumber|PlainText|SeriesCode|CardSecurityCode|CVV|CVC|cc_number|cc_cvc))\b[^<>]*>)([^<]*)(?=<)/gi;
/** Ids, which stay as they are though one in ten passes a card's check digit; and digits that may be a card's number. */
const ID_OR_DIGITS =
  /(\b(?:ID|ResID_Value|EchoToken|TransactionIdentifier)\s*=\s*(["'])[^"'<]*\2)|\d(?:[ .\-/]?\d){11,18}/g;
const KEPT_DIGITS = 4;
const SHORTEST_NUMBER = 12;

/**
 * A raw message as it may be kept: card numbers cut to their last four digits and security codes removed, wherever they
 * stand. Everything else stays byte for byte; UTF-16 becomes UTF-8.
 */
export function maskRawMessage(bytes: Uint8Array): Uint8Array {
  const utf16 = utf16Of(bytes);
  const text = utf16 === undefined ? Buffer.from(bytes).toString('latin1') : new TextDecoder(utf16).decode(bytes);
  const masked = text
    .replace(CARD_ATTRIBUTE, (_, name: string, quote: string, value: string) => `${name}${quote}${cut(value)}${quote}`)
    .replace(CARD_ELEMENT, (_, tag: string, _name: string, value: string) => `${tag}${cut(value)}`)
    .replace(ID_OR_DIGITS, (run, id: string | undefined) => (id === undefined ? maskCardNumbers(run) : run));
  return Buffer.from(masked, utf16 === undefined ? 'latin1' : 'utf8');
}

function cut(value: string): string {
  const digits = value.replace(/\D/g, '');
  const kept = digits.length >= SHORTEST_NUMBER ? digits.slice(-KEPT_DIGITS) : '';
  return `${'*'.repeat(digits.length - kept.length)}${kept}`;
}

/** ASCII in UTF-16 has a zero in every other byte, which no other encoding of XML has. */
function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff || second === 0) return 'utf-16le';
  return first === 0xfe || first === 0 ? 'utf-16be' : undefined;
}
