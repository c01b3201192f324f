import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { dryRun } from '../../src/domain/mapping/dry-run.ts';
import { parseMapping } from '../../src/domain/mapping/parse-mapping.ts';
import { reservationMessageSchema } from '../../src/domain/messages/reservation-message.ts';

const SAMPLES = new URL('../../samples/legacy/', import.meta.url);
const GOLDEN = new URL('../fixtures/legacy/', import.meta.url);
const NAMES = ['frontdesk-classic', 'harbour-pms', 'island-resorts'];

const documentOf = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`${name}.mapping.json`, SAMPLES), 'utf8'));

function mappingOf(document: unknown) {
  const parsed = parseMapping(document);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return parsed.mapping;
}

/** Checked by eye; `WRITE_GOLDEN=1` writes it anew. */
function goldenOf(name: string, outcome: unknown): unknown {
  const file = new URL(`${name}.json`, GOLDEN);
  if (process.env.WRITE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(outcome, null, 2)}\n`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

test.each(NAMES)('the sample of %s is mapped as its golden file says', (name) => {
  const outcome = dryRun(mappingOf(documentOf(name)), readFileSync(new URL(`${name}.xml`, SAMPLES)));

  expect(outcome).toEqual(goldenOf(name, outcome));
});

test.each(NAMES)('the sample of %s yields messages of the schema, without its card numbers', (name) => {
  const outcome = dryRun(mappingOf(documentOf(name)), readFileSync(new URL(`${name}.xml`, SAMPLES)));

  for (const message of outcome.kind === 'mapped' ? outcome.reservations : [])
    expect(reservationMessageSchema.parse(message)).toEqual(message);
  expect(JSON.stringify(outcome).replace(/[ -]/g, '')).not.toMatch(/4111111111111111|378282246310005/);
});

const VALID = {
  source: 'tiny',
  version: 1,
  title: 'Tiny',
  record: '/r/b',
  kind: { constant: 'create' },
  fields: { confirmation: '@id' },
};

test.each([
  ['nothing', {}, 'source: Invalid input: expected string, received undefined'],
  ['an unknown key', { ...VALID, colour: 1 }, 'the mapping: Unrecognized key: "colour"'],
  ['an unknown field', { ...VALID, fields: { ...VALID.fields, shoeSize: '@s' } }, 'fields'],
  ['no confirmation', { ...VALID, fields: {} }, 'fields: must have confirmation'],
  [
    'an expression that is none',
    { ...VALID, kind: { paht: 'x' } },
    'kind: is no path, {path, …}, {constant}, {concat} or {when, use}',
  ],
  ['a path that is none', { ...VALID, record: '/r/b c' }, 'tiny: The path /r/b c has the step b c, which is no name.'],
  ['an unknown prefix', { ...VALID, record: '/x:r' }, 'tiny: The path /x:r has the prefix x, which is not declared.'],
  [
    'a date without a year',
    { ...VALID, fields: { confirmation: '@id', arrival: { path: '@a', date: 'DD.MM' } } },
    'tiny: The date format DD.MM must have',
  ],
])('a mapping with %s is refused in one line', (_, document, line) => {
  const parsed = parseMapping(document);

  expect(parsed).toMatchObject({ kind: 'invalid' });
  const [first = ''] = parsed.kind === 'invalid' ? parsed.problems : [];
  expect(first).toContain(line);
  expect(first).not.toContain('\n');
});

test('texts that are not written as the mapping says are named as doubts, and the reservation is kept', () => {
  const mapping = mappingOf({
    ...VALID,
    fields: {
      confirmation: '@id',
      arrival: { path: '@a', date: 'DD.MM.YYYY' },
      afterTax: { path: '@p', number: { decimal: ',' } },
    },
  });

  const outcome = dryRun(mapping, '<r><b id="1" a="2027-01-01" p="1.2,3.4"/></r>');

  expect(outcome).toMatchObject({ reservations: [{ confirmation: { value: '1' }, doubts: ['arrival', 'afterTax'] }] });
});

test('records without a confirmation or of an unknown kind are set aside, others are mapped', () => {
  const mapping = mappingOf({ ...VALID, kind: { path: '@k', codes: { N: 'create' } } });

  const outcome = dryRun(mapping, '<r><b id="1" k="N"/><b k="N"/><b id="3" k="?"/></r>');

  expect(outcome).toMatchObject({
    reservations: [{ confirmation: { value: '1' } }],
    setAside: [
      { code: 'NO_IDENTIFIER', element: '/r/b' },
      { code: 'UNKNOWN_KIND', element: '/r/b' },
    ],
  });
});

test('a document that is no XML is rejected with its place', () => {
  const outcome = dryRun(mappingOf(VALID), '<r><b id="1"></r>');

  expect(outcome).toMatchObject({ kind: 'rejected', fault: { code: 'MISMATCHED_TAG', line: 1 } });
});
