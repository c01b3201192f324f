import { expect, test } from '@jest/globals';
import { compileExtractor, outlineDocument } from '../src/index.ts';

const extract = compileExtractor({
  namespaces: { ota: 'http://www.opentravel.org/OTA/2003/05' },
  fields: { echo: ['/Envelope/Body/Rq/@EchoToken', '/Rq/@EchoToken'], note: '//Note', ours: '//ota:Own' },
  groups: {
    stays: {
      path: '//Stay',
      fields: { start: 'Span/@Start', card: { path: 'Card/@Number', read: (number) => number.slice(-4) } },
      lists: { texts: 'Text' },
    },
  },
});

test('details come from their paths, whatever the prefixes', () => {
  const outcome = extract(
    '<s:Envelope xmlns:s="u"><s:Body><o:Rq xmlns:o="v" EchoToken="e&amp;1"><o:Stay><o:Span Start="2027-01-01"/><o:Card Number="4111111111111111"/><o:Text> a </o:Text><o:Text><![CDATA[<b>]]></o:Text></o:Stay><o:Stay/></o:Rq></s:Body></s:Envelope>',
  );

  expect(outcome).toEqual({
    kind: 'extracted',
    record: {
      echo: 'e&1',
      note: undefined,
      ours: undefined,
      stays: [
        { start: '2027-01-01', card: '1111', texts: ['a', '<b>'] },
        { start: undefined, card: undefined, texts: [] },
      ],
    },
  });
});

test('a step with a prefix fits in its namespace only', () => {
  const outcome = extract('<Rq><Own>no</Own><x:Own xmlns:x="http://www.opentravel.org/OTA/2003/05">yes</x:Own></Rq>');

  expect(outcome).toMatchObject({ record: { ours: 'yes' } });
});

test('the first in the document counts; text spans comments and CDATA, not children', () => {
  const outcome = extract('<Rq><Note>a<!-- b -->c<i>d</i><![CDATA[&]]></Note><Note>second</Note></Rq>');

  expect(outcome).toMatchObject({ record: { note: 'ac&' } });
});

test('values keep what references stand for, and lose line ends of other systems', () => {
  const outcome = compileExtractor({ fields: { value: '/a/@b', text: '/a' } })(
    '<a b="x\r\ny\t&#10;">1\r\n2\r3&#13;4</a>',
  );

  expect(outcome).toMatchObject({ record: { value: 'x y \n', text: '1\n2\n3\r4' } });
});

test.each([
  ['a path that ends with a slash', { fields: { a: '/a/' } }],
  ['an unknown prefix', { fields: { a: '/p:a' } }],
  ['no name', { fields: { a: '/a b' } }],
  ['a name used twice', { fields: { a: '/a' }, lists: { a: '/b' } }],
  ['a forbidden name', { fields: { constructor: '/a' } }],
  ['a group of an attribute', { groups: { a: { path: '/a/@b' } } }],
])('%s is refused when compiling', (_, shape) => {
  expect(() => compileExtractor(shape)).toThrow(RangeError);
});

test('a message cannot yield more records than the limit', () => {
  const outcome = compileExtractor(
    { groups: { all: { path: '//a' } } },
    { maxRecords: 10 },
  )(`<r>${'<a/>'.repeat(11)}</r>`);

  expect(outcome).toMatchObject({ kind: 'refused', fault: { code: 'TOO_MANY_RECORDS' } });
});

test('an outline lists the places that hold values', () => {
  const outcome = outlineDocument('<r xmlns="u" a="1"><b>x</b><b>y</b><c> </c></r>');

  expect(outcome).toEqual({
    kind: 'extracted',
    record: [
      { path: '/r/@a', count: 1 },
      { path: '/r/b', count: 2 },
    ],
  });
});
