import { expect, test } from '@jest/globals';
import { checkDocument, type XmlFaultCode } from '../src/index.ts';

const codeOf = (input: string | Uint8Array): XmlFaultCode | 'accepted' => {
  const outcome = checkDocument(input);
  return outcome.kind === 'refused' ? outcome.fault.code : 'accepted';
};

const REFUSED: readonly (readonly [string, XmlFaultCode])[] = [
  ['', 'NO_ROOT'],
  ['<!-- only -->', 'NO_ROOT'],
  ['text', 'TEXT_OUTSIDE_ROOT'],
  ['<a/>text', 'TEXT_OUTSIDE_ROOT'],
  ['<a/><b/>', 'SECOND_ROOT'],
  ['<a>', 'UNEXPECTED_END'],
  ['<a', 'UNEXPECTED_END'],
  ['<a b="', 'UNEXPECTED_END'],
  ['<a><!-- ', 'UNEXPECTED_END'],
  ['<a><![CDATA[', 'UNEXPECTED_END'],
  ['<a></b>', 'MISMATCHED_TAG'],
  ['<a></ab>', 'MISMATCHED_TAG'],
  ['</a>', 'MISMATCHED_TAG'],
  ['<1/>', 'BAD_NAME'],
  ['<a:/>', 'BAD_NAME'],
  ['<a:b:c xmlns:a="u"/>', 'BAD_NAME'],
  ['<a / >', 'BAD_TAG'],
  ['<a b/>', 'BAD_ATTRIBUTE'],
  ['<a b=c/>', 'BAD_ATTRIBUTE'],
  ['<a b="<"/>', 'BAD_ATTRIBUTE'],
  ['<a b="1"c="2"/>', 'BAD_ATTRIBUTE'],
  ['<a b="1" b="2"/>', 'DUPLICATE_ATTRIBUTE'],
  ['<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', 'DUPLICATE_ATTRIBUTE'],
  ['<a>&nbsp;</a>', 'UNDEFINED_ENTITY'],
  ['<a>a & b</a>', 'BAD_REFERENCE'],
  ['<a>&#0;</a>', 'BAD_REFERENCE'],
  ['<a>&#xD800;</a>', 'BAD_REFERENCE'],
  ['<a>&#x110000;</a>', 'BAD_REFERENCE'],
  ['<a>]]></a>', 'CDATA_END_IN_TEXT'],
  ['<a><!-- -- --></a>', 'BAD_COMMENT'],
  ['<a><?xml version="1.0"?></a>', 'BAD_INSTRUCTION'],
  [' <?xml version="1.0"?><a/>', 'BAD_INSTRUCTION'],
  ['<?xml encoding="UTF-8"?><a/>', 'BAD_DECLARATION'],
  ['<?xml version="2.0"?><a/>', 'BAD_DECLARATION'],
  ['<p:a/>', 'UNBOUND_PREFIX'],
  ['<a p:b="1"/>', 'UNBOUND_PREFIX'],
  ['<a xmlns:p=""/>', 'BAD_NAMESPACE'],
  ['<a xmlns:xml="u"/>', 'BAD_NAMESPACE'],
  ['<xmlns:a/>', 'BAD_NAMESPACE'],
  ['<a>\u0001</a>', 'ILLEGAL_CHARACTER'],
  ['<a b="\uffff"/>', 'ILLEGAL_CHARACTER'],
  ['<a>\ud800</a>', 'ILLEGAL_CHARACTER'],
  ['<!DOCTYPE a><a/>', 'DTD_FORBIDDEN'],
  ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'DTD_FORBIDDEN'],
];

test.each(REFUSED)('%j is refused with %s', (xml, code) => {
  expect(codeOf(xml)).toBe(code);
});

test('a fault says where it is', () => {
  const outcome = checkDocument('<a>\r\n  <b>\n    </c>');

  expect(outcome).toEqual({
    kind: 'refused',
    fault: { code: 'MISMATCHED_TAG', reason: 'The end tag c closes the element b.', offset: 17, line: 3, column: 7 },
  });
});

test('a fault never quotes text or attribute values', () => {
  const secret = '4111111111111111';
  const broken = [`<a>${secret}`, `<a b="${secret}`, `<a b="${secret}" b="${secret}"/>`, `<a>${secret}&x;</a>`];

  for (const xml of broken) expect(JSON.stringify(checkDocument(xml))).not.toContain(secret);
});

const LATIN = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>';
const ENCODED: readonly (readonly [string, Uint8Array, XmlFaultCode | 'accepted'])[] = [
  ['UTF-8', Buffer.from('<a>é</a>'), 'accepted'],
  ['UTF-8 with a mark', Buffer.from('\ufeff<a>é</a>'), 'accepted'],
  ['UTF-8 with two marks', Buffer.from('\ufeff\ufeff<a/>'), 'TEXT_OUTSIDE_ROOT'],
  ['broken UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xc3, 0x28, 0x3c, 0x2f, 0x61, 0x3e]), 'ENCODING_INVALID'],
  [
    'a surrogate in UTF-8',
    Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e]),
    'ENCODING_INVALID',
  ],
  ['Latin 1', Buffer.from(LATIN, 'latin1'), 'accepted'],
  [
    'UTF-8 declared, Latin 1 written',
    Buffer.from('<?xml version="1.0" encoding="UTF-8"?><a>é</a>', 'latin1'),
    'ENCODING_INVALID',
  ],
  ['UTF-16LE with a mark', Buffer.from('\ufeff<a>é</a>', 'utf16le'), 'accepted'],
  ['UTF-16LE without', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a/>', 'utf16le'), 'accepted'],
  ['UTF-16BE with a mark', Buffer.from('\ufeff<a>é</a>', 'utf16le').swap16(), 'accepted'],
  ['half of UTF-16', Buffer.from('\ufeff<a/>', 'utf16le').subarray(0, -1), 'ENCODING_INVALID'],
  [
    'UTF-16 that declares UTF-8',
    Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-8"?><a/>', 'utf16le'),
    'ENCODING_INVALID',
  ],
  ['UTF-7', Buffer.from('<?xml version="1.0" encoding="UTF-7"?><a/>'), 'ENCODING_UNSUPPORTED'],
  ['a mark after a blank line', Buffer.from('\n\ufeff<a/>'), 'TEXT_OUTSIDE_ROOT'],
];

test.each(ENCODED)('%s: %#', (_, bytes, expected) => {
  expect(codeOf(bytes)).toBe(expected);
});

const MANY = Array.from({ length: 40 }, (_, index) => `a${index}=""`).join(' ');

test.each([
  [`<a ${MANY}/>`, 'accepted'],
  [`<a ${MANY} a7=""/>`, 'DUPLICATE_ATTRIBUTE'],
  [`<a xmlns:p="u" xmlns:q="u" ${MANY} p:a7=""/>`, 'accepted'],
  [`<a xmlns:p="u" xmlns:q="u" ${MANY} p:a7="" q:a7=""/>`, 'DUPLICATE_ATTRIBUTE'],
])('duplicates are found among many attributes: %#', (xml, expected) => {
  expect(codeOf(xml)).toBe(expected);
});

const NESTED = '<a>'.repeat(50_000) + '</a>'.repeat(50_000);
const LIMITED: readonly (readonly [string, string, XmlFaultCode])[] = [
  ['100 MB', ' '.repeat(100 * 1024 * 1024), 'TOO_LARGE'],
  ['50,000 levels', NESTED, 'TOO_DEEP'],
  [
    '100,000 attributes',
    `<a ${Array.from({ length: 100_000 }, (_, index) => `a${index}=""`).join(' ')}/>`,
    'TOO_MANY_ATTRIBUTES',
  ],
  ['a name of 10,000', `<${'a'.repeat(10_000)}/>`, 'NAME_TOO_LONG'],
  ['a value of 2 MB', `<a b="${'x'.repeat(2 * 1024 * 1024)}"/>`, 'TEXT_TOO_LONG'],
  ['a text of 2 MB', `<a>${'x'.repeat(2 * 1024 * 1024)}</a>`, 'TEXT_TOO_LONG'],
  [
    '1,000 declarations in scope',
    Array.from(
      { length: 100 },
      (_, depth) => `<a ${Array.from({ length: 10 }, (__, index) => `xmlns:p${depth}_${index}="u"`).join(' ')}>`,
    ).join(''),
    'TOO_MANY_NAMESPACES',
  ],
];

test.each(LIMITED)('%s is beyond the limits', (_, xml, code) => {
  expect(codeOf(xml)).toBe(code);
});
