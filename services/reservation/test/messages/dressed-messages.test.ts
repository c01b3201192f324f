import { expect, test } from '@jest/globals';
import { readReservationMessages } from '../../src/domain/messages/read-reservation-messages.ts';
import { plantedMessage } from '../planted-guest.ts';

const MESSAGE = plantedMessage({ confirmation: 'N-1', changedAt: '2027-05-20T10:00:00Z' }).toString();
const BODY = MESSAGE.slice(MESSAGE.indexOf('<OTA_'));
const NAMESPACE = ' xmlns="http://www.opentravel.org/OTA/2003/05"';

const prefixed = (prefix: string): string =>
  BODY.replaceAll(/<(\/?)(?=[A-Z])/g, `<$1${prefix}:`).replace('xmlns=', `xmlns:${prefix}=`);
const enveloped = (name: string, namespace: string): string =>
  `<${name}:Envelope xmlns:${name}="${namespace}"><${name}:Header><To xmlns="urn:addressing">us</To></${name}:Header><${name}:Body>${BODY}</${name}:Body></${name}:Envelope>`;
const utf16 = (text: string, isLittle: boolean): Buffer => {
  const bytes = Buffer.from(text.replace('UTF-8', 'UTF-16'), 'utf16le');
  return isLittle ? bytes : bytes.swap16();
};
const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join('');
const withAttribute = (text: string): string => BODY.replace('TimeStamp=', `${text} TimeStamp=`);
const withElements = (text: string): string => BODY.replace('<HotelReservations>', `${text}<HotelReservations>`);

/** The fields of a message, whatever its bytes. */
function fieldsOf(input: string | Uint8Array): unknown {
  const outcome = readReservationMessages(input);
  if (outcome.kind === 'rejected') return outcome;
  const reservations = outcome.reservations.map(({ version: { digest: _, ...version }, ...rest }) => ({
    ...rest,
    version,
  }));
  return { ...outcome, reservations };
}

test.each([
  ['a prefix', prefixed('ota')],
  ['a prefix of odd letters', prefixed('ö.x-1')],
  ['no namespace', BODY.replace(NAMESPACE, '')],
  ['a namespace of its own', BODY.replace(NAMESPACE, ' xmlns="urn:else"')],
  ['an element of nobody around it', `<w>${BODY}</w>`],
  ['SOAP 1.1', enveloped('S', 'http://schemas.xmlsoap.org/soap/envelope/')],
  ['SOAP 1.2', enveloped('env', 'http://www.w3.org/2003/05/soap-envelope')],
  [
    'a schema location',
    withAttribute('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"'),
  ],
  ['single quotes', MESSAGE.replaceAll('"', "'")],
  ['a byte order mark', Buffer.from(`\ufeff${MESSAGE}`)],
  ['UTF-16, little-endian, marked', utf16(`\ufeff${MESSAGE}`, true)],
  ['UTF-16, big-endian, marked', utf16(`\ufeff${MESSAGE}`, false)],
  ['UTF-16 without a mark', utf16(MESSAGE, true)],
  ['UTF-16 without a mark or declaration', utf16(BODY, false)],
  ['ISO-8859-1', Buffer.from(MESSAGE.replace('UTF-8', 'iso-8859-1'), 'latin1')],
  ['a declaration of XML 1.1', MESSAGE.replace('version="1.0"', 'version="1.1"')],
  ['comments everywhere', BODY.replaceAll('><', '><!-- a > b < c & d --><')],
  ['processing instructions everywhere', BODY.replaceAll('>\n', '><?pi <a href="x"> ?>\n')],
  ['texts in pieces', BODY.replace('>Zebulonia<', '><![CDATA[Zeb]]>ulo<!-- n --><![CDATA[nia]]><')],
  [
    'character references',
    BODY.replace('Zebulonia', '&#90;&#x65;&#x00062;ulonia').replace('ID="N-1"', 'ID="&#78;&#x2D;1"'),
  ],
  ['lines that end as in Windows', MESSAGE.replaceAll('\n', '\r\n')],
  ['lines that end as in old Macs', MESSAGE.replaceAll('\n', '\r')],
  ['lines within tags', BODY.replaceAll(/ (\w+)="/g, '\n\t$1 = \n"')],
  ['white space around a name', BODY.replace('>Zebulonia<', '>\n   Zebulonia \n<')],
  ['a huge attribute', withAttribute(`Junk="${'j'.repeat(900_000)}"`)],
  ['sixty namespaces', withAttribute(many(60, (index) => `xmlns:n${index}="urn:${index}" `))],
  ['120 levels beside it', withElements('<d>'.repeat(120) + '</d>'.repeat(120))],
  ['100,000 elements beside it', withElements('<d/>'.repeat(100_000))],
])('a message in %s reads the same', (_, dressed) => {
  expect(fieldsOf(dressed)).toEqual(fieldsOf(MESSAGE));
});

test.each([
  ['wrapped twice in elements of nobody', `<w><v>${BODY}</v></w>`, 'w'],
  ['in an envelope within an envelope', enveloped('S', 'urn:1').replace(BODY, enveloped('S', 'urn:1')), 'Envelope'],
])('a message %s is set aside, and the element named', (_, dressed, element) => {
  expect(readReservationMessages(dressed)).toMatchObject({
    reservations: [],
    setAside: [{ code: 'NOT_A_RESERVATION', element }],
  });
});

test.each([
  ['UTF-16 that says UTF-8', Buffer.from(MESSAGE, 'utf16le'), 'ENCODING_INVALID'],
  [
    'UTF-8 that says UTF-16, as .NET writes a string',
    Buffer.from(MESSAGE.replace('UTF-8', 'utf-16')),
    'ENCODING_INVALID',
  ],
  ['an encoding that is not read', Buffer.from(MESSAGE.replace('UTF-8', 'windows-1250')), 'ENCODING_UNSUPPORTED'],
  ['a harmless document type', `<!DOCTYPE OTA_HotelResNotifRQ>${BODY}`, 'DTD_FORBIDDEN'],
  ['a prefix that is lost with its envelope', prefixed('o').replace('xmlns:o', 'a'), 'UNBOUND_PREFIX'],
  ['an attribute of two megabytes', withAttribute(`Junk="${'j'.repeat(2_000_000)}"`), 'TEXT_TOO_LONG'],
  ['two hundred attributes', withAttribute(many(200, (index) => `a${index}="1" `)), 'TOO_MANY_ATTRIBUTES'],
  ['10,000 levels beside it', withElements('<d>'.repeat(10_000) + '</d>'.repeat(10_000)), 'TOO_DEEP'],
  [
    'an attribute twice by its namespace',
    withAttribute('xmlns:a="urn:1" xmlns:b="urn:1" a:x="1" b:x="2"'),
    'DUPLICATE_ATTRIBUTE',
  ],
  ['half a character', MESSAGE.replace('Quill', 'Quill\ud800'), 'ILLEGAL_CHARACTER'],
  ['a prefix xml of its own', withAttribute('xmlns:xml="urn:x"'), 'BAD_NAMESPACE'],
  ['two roots', BODY + BODY, 'SECOND_ROOT'],
  ['zeros behind it', Buffer.concat([Buffer.from(MESSAGE), Buffer.alloc(8)]), 'ILLEGAL_CHARACTER'],
])('%s is rejected', (_, dressed, code) => {
  expect(readReservationMessages(dressed)).toMatchObject({ kind: 'rejected', fault: { code } });
});
