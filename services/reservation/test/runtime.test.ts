import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jweCipher } from '../src/adapters/jwe-cipher.ts';
import { statementsOf } from '../src/database/migrate.ts';
import { maskRawMessage } from '../src/domain/messages/mask-raw-message.ts';
import { personalValues } from '../src/domain/pii/personal-fields.ts';
import { ITINERARY_FIELDS } from '../src/domain/pii/sealed-itinerary.ts';
import { mentions } from '../src/guests/mentions.ts';
import { type LogFields, logLine } from '../src/runtime/safe-log.ts';
import { ServiceError, speakableError } from '../src/runtime/service-error.ts';
import { readTraceHeader } from '../src/runtime/trace-header.ts';
import { createTracer, type Subsegment } from '../src/runtime/tracer.ts';
import { PLANTED, plantedMessage } from './planted-guest.ts';

const HEADER = 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1';

test('a log line has no field and no value that is none of its own', () => {
  const sneaked = { outcome: PLANTED.email, source: PLANTED.surname, email: PLANTED.email, count: '4111' };
  const line = logLine('info', 'message processed', { ...sneaked, revision: 3 } as unknown as LogFields);

  expect(JSON.parse(line)).toEqual({
    level: 'info',
    message: 'message processed',
    outcome: 'withheld',
    source: 'withheld',
    count: 'withheld',
    revision: 3,
  });
});

test('an error is told by its name and place, and by its words where they are ours', () => {
  const foreign = speakableError(new TypeError(`Cannot read ${PLANTED.email}\n    at ${PLANTED.surname}`));
  const ours = speakableError(new ServiceError('CONTENDED', 'Too many writers.'));

  expect(`${foreign.stack}${foreign.message}`).not.toContain(PLANTED.email);
  expect(`${foreign.stack}${foreign.message}`).not.toContain(PLANTED.surname);
  expect(foreign.stack).toContain('runtime.test');
  expect([foreign.name, ours.name, ours.message]).toEqual(['TypeError', 'CONTENDED', 'Too many writers.']);
  expect(speakableError('a text').name).toBe('Error');
});

test('a trace header is read where it is sampled', () => {
  expect(readTraceHeader(HEADER)).toEqual({
    traceId: '1-67891233-abcdef012345678912345678',
    parentId: '53995c3f42cd8ad8',
  });
  for (const header of [undefined, '', HEADER.replace('Sampled=1', 'Sampled=0'), 'Root=1;Sampled=1'])
    expect(readTraceHeader(header)).toBeUndefined();
});

test('calls are subsegments within each other; a failed one says so without its words', async () => {
  const sent: Subsegment[] = [];
  const ticks: number[] = [];
  const tracer = createTracer(
    { send: (one) => sent.push(one), flush: async () => undefined },
    () => 250 * ticks.push(1),
  );
  tracer.begin(HEADER);
  const throttled = Object.assign(new Error(PLANTED.email), { name: 'ThrottlingException' });

  await tracer
    .span('outer', {}, () =>
      tracer.span('aurora: itinerary by guest', { namespace: 'remote' }, () => Promise.reject(throttled)),
    )
    .catch(() => undefined);

  const [inner, outer] = sent;
  expect(inner).toMatchObject({ parent_id: outer!.id, namespace: 'remote', fault: true, throttle: true });
  expect(outer).toMatchObject({ parent_id: '53995c3f42cd8ad8', name: 'outer' });
  expect(inner!.end_time - inner!.start_time).toBeCloseTo(0.25);
  expect(JSON.stringify(sent)).not.toContain(PLANTED.email);
});

test('of many like calls a trace tells the first hundred, and all that fail', async () => {
  const sent: Subsegment[] = [];
  const tracer = createTracer({ send: (one) => sent.push(one), flush: async () => undefined }, () => 0);
  tracer.begin(HEADER);
  for (let call = 0; call < 300; call += 1) await tracer.span('s3: archive message', {}, async () => undefined);
  await tracer.span('s3: archive message', {}, () => Promise.reject(new Error('x'))).catch(() => undefined);

  expect(sent).toHaveLength(101);
});

test('a sealed text opens with its key in its place only', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), async (text, place) => {
      const key = crypto.getRandomValues(new Uint8Array(32));
      const sealed = await jweCipher.seal(text, { key, keyId: 'guest:abc:1', place });

      expect(jweCipher.keyIdOf(sealed)).toBe('guest:abc:1');
      expect(Buffer.from(await jweCipher.open(sealed, { key, place })).toString()).toBe(Buffer.from(text).toString());
      await expect(jweCipher.open(sealed, { key, place: `${place}!` })).rejects.toThrow('another place');
      const other = crypto.getRandomValues(new Uint8Array(32));
      await expect(jweCipher.open(sealed, { key: other, place })).rejects.toThrow('decryption operation failed');
    }),
    { numRuns: 50 },
  );
});

test.each(['', 'eyJ', 'eyJub3Q.a.b', PLANTED.email])('%j names no key', (text) => {
  expect(jweCipher.keyIdOf(text)).toBeUndefined();
});

test('a raw message loses its card numbers and codes, and nothing else', () => {
  const raw = plantedMessage({ confirmation: '4111111111111111', changedAt: '2027-05-20T10:00:00Z' });
  const masked = Buffer.from(maskRawMessage(raw)).toString();

  expect(masked).toContain('ID="4111111111111111"');
  expect(masked.match(/4111111111111111/g)).toHaveLength(1);
  expect(masked).not.toContain(PLANTED.securityCode);
  const maskedCode = '*'.repeat(PLANTED.securityCode.length);
  expect(masked.replaceAll('************1111', PLANTED.card).replaceAll(maskedCode, PLANTED.securityCode)).toBe(
    raw.toString(),
  );
});

test.each(['123', '1234'])('a raw message loses the security code %s, as cards have it', (code) => {
  const raw = Buffer.from(`<PaymentCard SeriesCode="${code}"><CVV>${code}</CVV></PaymentCard>`);

  expect(Buffer.from(maskRawMessage(raw)).toString()).not.toContain(code);
});

test('a raw message in another encoding keeps its bytes, in UTF-16 its text', () => {
  const latin = Buffer.from('<a n="J\xf6rgine"><CardNumber>5555 5555 5555 4444</CardNumber></a>', 'latin1');
  const wide = Buffer.from('\ufeff<a><Nummer>5555-5555-5555-4444</Nummer></a>', 'utf16le');

  expect(Buffer.from(maskRawMessage(latin)).toString('latin1')).toBe(
    '<a n="J\xf6rgine"><CardNumber>************4444</CardNumber></a>',
  );
  expect(Buffer.from(maskRawMessage(wide)).toString()).toBe('<a><Nummer>************4444</Nummer></a>');
});

test('mentions are found however they are written', () => {
  const isMentioned = mentions([
    { kind: 'phone', text: '+43 660 7654321' },
    { kind: 'loyalty', text: 'PLNT-778' },
    { kind: 'email', text: 'a@b.example' },
    { kind: 'name', text: 'Ann Bee' },
  ]);

  for (const raw of ['0043(660)765.43-21', 'plnt 778', 'A&#64;B.example', 'A&#x40;b.example', '<s>BEE</s><g>ann</g>'])
    expect([raw, isMentioned(raw)]).toEqual([raw, true]);
  for (const raw of ['43660765432', 'PLNT77', 'a@c.example', 'Bee'])
    expect([raw, isMentioned(raw)]).toEqual([raw, false]);
});

test('the personal fields of an itinerary are those that its schema classifies', () => {
  const fields = ITINERARY_FIELDS.map(({ path, category, lookup }) => [path.slice(1).join('.'), category, lookup]);

  expect(fields).toEqual([
    ['guests.value.*.title', 'direct', undefined],
    ['guests.value.*.givenName', 'direct', 'name'],
    ['guests.value.*.middleName', 'direct', undefined],
    ['guests.value.*.surname', 'direct', 'name'],
    ['guests.value.*.email', 'contact', 'email'],
    ['guests.value.*.phones.*', 'contact', 'phone'],
    ['guests.value.*.address.lines.*', 'contact', undefined],
    ['guests.value.*.address.city', 'contact', undefined],
    ['guests.value.*.address.postalCode', 'contact', undefined],
    ['guests.value.*.address.state', 'contact', undefined],
    ['guests.value.*.loyalty.*.number', 'loyalty', 'loyalty'],
    ['card.value.lastFour', 'payment', undefined],
    ['card.value.expires', 'payment', undefined],
    ['specialRequests.value.*.text', 'free-text', undefined],
    ['comments.value.*', 'free-text', undefined],
  ]);
});

test('each personal value is replaced where it stands', () => {
  const document = {
    parts: { guests: { value: [{ phones: ['1', '2'] }, { email: 'e' }] }, comments: { value: ['c'] } },
  };
  for (const value of personalValues(document, ITINERARY_FIELDS))
    value.replace(`${value.text}@${value.positions.join()}`);

  expect(document).toEqual({
    parts: { guests: { value: [{ phones: ['1@0,0', '2@0,1'] }, { email: 'e@1' }] }, comments: { value: ['c@0'] } },
  });
});

test('a migration is taken apart into its statements', () => {
  expect(statementsOf('-- why\nCREATE TABLE a (b text);\n\nCREATE INDEX c ON a (b) ;\n-- the end\n')).toEqual([
    '-- why\nCREATE TABLE a (b text)',
    'CREATE INDEX c ON a (b)',
  ]);
});
