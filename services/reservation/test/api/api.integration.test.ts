import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { grantedStatements, unusedActions } from '@lamplighter/sandbox/least-privilege';
import { PROBLEMS, type ProblemName, problemType } from '../../src/domain/api/problem.ts';
import { bookingBody, type DeployedApi, PLANTED, startApi } from './deployed-api.ts';

let api: DeployedApi;
beforeAll(async () => {
  api = await startApi();
  // The first who asks in an empty stage makes the key of the lookup hashes.
  await api.mobile({ method: 'POST', path: '/itineraries/searches', body: { email: 'nobody@example.com' } });
}, 600_000);
afterAll(() => api?.stop());

let keys = 0;
const newKey = () => {
  keys += 1;
  return { 'idempotency-key': `test-key-${keys}` };
};
const book = async (changes: object = {}, headers = newKey()) =>
  api.mobile({ method: 'POST', path: '/itineraries', body: bookingBody(changes), headers });
const booked = async (changes: object = {}) =>
  JSON.parse((await book(changes)).body) as { confirmation: string; entityTag: string };
const problemOf = ({ status, headers, body }: Awaited<ReturnType<DeployedApi['ask']>>) => ({
  status,
  contentType: headers['content-type'],
  type: (JSON.parse(body) as { type: string }).type,
});
const problem = (name: ProblemName) => ({
  status: PROBLEMS[name].status,
  contentType: 'application/problem+json',
  type: problemType(name),
});

test('a booking is authorised, stored and shown, with the last four digits of its card', async () => {
  const answer = await book();
  const receipt = JSON.parse(answer.body) as { confirmation: string };
  const shown = await api.mobile({ path: `/itineraries/${receipt.confirmation}` });

  expect(answer.status).toBe(201);
  expect(receipt).toMatchObject({ state: 'booked', payment: { authorizationId: expect.stringMatching(/^auth-/) } });
  expect(JSON.parse(shown.body)).toMatchObject({
    confirmation: receipt.confirmation,
    guests: [{ surname: PLANTED.surname, email: PLANTED.email, isPrimary: true }],
    card: { lastFour: '4242' },
    total: { afterTax: '411.00', currency: 'USD' },
  });
  expect(shown.headers.etag).toBe(answer.headers.etag);
  expect(shown.body).not.toContain(PLANTED.card);
});

test('the same request under the same key books once, another one is refused', async () => {
  const headers = newKey();
  const [first, again, other] = [
    await book({}, headers),
    await book({}, headers),
    await book({ departure: '2027-08-06' }, headers),
  ];

  expect(again.body).toBe(first.body);
  expect(again.status).toBe(201);
  expect(problemOf(other)).toEqual(problem('idempotency-key-reused'));
});

test('a declined card books nothing, and stays declined', async () => {
  const headers = newKey();
  const payment = { card: { number: '4000000000000002', expires: '1228' }, amount: '10.00', currency: 'USD' };

  expect(problemOf(await book({ payment }, headers))).toEqual(problem('payment-declined'));
  expect(problemOf(await book({ payment }, headers))).toEqual(problem('payment-declined'));
  expect(problemOf(await book({ payment: { ...payment, amount: '9' } }, headers))).toEqual(
    problem('idempotency-key-reused'),
  );
});

test('a provider that fails leaves nothing behind: the same key books once it answers', async () => {
  const headers = newKey();
  const fault = api.sandbox.faults.inject({
    service: 'lambda',
    operation: 'Invoke',
    caller: (who) => String(JSON.stringify(who)).includes('api-change'),
    times: 1,
    effect: { kind: 'error', code: 'ServiceException', message: 'down', status: 500 },
  });

  const failed = await book({}, headers);
  fault.lift();
  const retried = await book({}, headers);

  expect(problemOf(failed)).toEqual(problem('payment-unavailable'));
  expect(failed.headers['retry-after']).toBe('5');
  expect(retried.status).toBe(201);
});

test('who has the current version is told so, and gets no copy', async () => {
  const { confirmation, entityTag } = await booked();
  const known = await api.mobile({ path: `/itineraries/${confirmation}`, headers: { 'if-none-match': entityTag } });
  const stale = await api.mobile({ path: `/itineraries/${confirmation}`, headers: { 'if-none-match': '"old"' } });

  expect(known).toMatchObject({ status: 304, body: '' });
  expect(stale.status).toBe(200);
});

test('a modification needs the version that it is of, keeps what it does not name, and is made once', async () => {
  const { confirmation, entityTag } = await booked();
  const path = `/itineraries/${confirmation}`;
  const body = { specialRequests: ['Quiet room', 'My card is 4242 4242 4242 4242'] };
  const headers = { ...newKey(), 'if-match': entityTag };
  const blind = await api.mobile({ method: 'PATCH', path, body, headers: newKey() });
  const done = await api.mobile({ method: 'PATCH', path, body, headers });
  const again = await api.mobile({ method: 'PATCH', path, body, headers });
  const late = await api.mobile({ method: 'PATCH', path, body, headers: { ...newKey(), 'if-match': entityTag } });
  const shown = JSON.parse((await api.mobile({ path })).body);

  expect(problemOf(blind)).toEqual(problem('precondition-required'));
  expect(done.status).toBe(200);
  expect(again.body).toBe(done.body);
  expect(problemOf(late)).toEqual(problem('precondition-failed'));
  expect(shown).toMatchObject({ arrival: '2027-08-03', specialRequests: ['Quiet room', expect.stringContaining('*')] });
  expect(JSON.stringify(shown)).not.toContain('4242 4242');
});

test('two who modify the same version: one is told to read again', async () => {
  const { confirmation, entityTag } = await booked();
  const path = `/itineraries/${confirmation}`;
  const modify = (wish: string) =>
    api.mobile({
      method: 'PATCH',
      path,
      body: { specialRequests: [wish] },
      headers: { ...newKey(), 'if-match': entityTag },
    });

  const statuses = (await Promise.all([modify('one'), modify('other')])).map(({ status }) => status);

  expect(statuses.sort()).toEqual([200, 412]);
});

test('a cancelled itinerary stays cancelled', async () => {
  const { confirmation, entityTag } = await booked();
  const path = `/itineraries/${confirmation}/cancellation`;
  const done = await api.mobile({ method: 'POST', path, headers: { ...newKey(), 'if-match': entityTag } });
  const tag = String(done.headers.etag);
  const again = await api.mobile({ method: 'POST', path, headers: { ...newKey(), 'if-match': tag } });

  expect(JSON.parse(done.body)).toMatchObject({ state: 'cancelled', confirmation });
  expect(problemOf(again)).toEqual(problem('already-cancelled'));
});

test('arrivals come in pages that end, each itinerary once', async () => {
  const stay = { arrival: '2027-09-01', departure: '2027-09-02' };
  const made = [await booked(stay), await booked(stay), await booked(stay)].map(({ confirmation }) => confirmation);
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const query = `arrival=2027-09-01&limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`;
    const page = JSON.parse((await api.mobile({ path: `/properties/P1001/itineraries?${query}` })).body);
    found.push(...page.itineraries.map(({ confirmation }: { confirmation: string }) => confirmation));
    cursor = page.nextCursor;
  } while (cursor !== undefined);

  expect(found.sort()).toEqual(made.sort());
});

test('a guest is found by e-mail as people write it, phone and number; by a caller of the property only', async () => {
  const { confirmation } = await booked({
    guests: [
      { surname: 'Sought', email: 'sought@example.com', phones: ['+12025550142'], loyalty: [{ number: 'S-77' }] },
    ],
  });
  const search = async (body: object, properties = ['P1001']) => {
    const answer = await api.mobile(
      { method: 'POST', path: '/itineraries/searches', body },
      { claims: { properties } },
    );
    return (JSON.parse(answer.body) as { itineraries: { confirmation: string }[] }).itineraries.map(
      (each) => each.confirmation,
    );
  };

  expect(await search({ email: ' SOUGHT@Example.com'.trim() })).toEqual([confirmation]);
  expect(await search({ phone: '001 202 555-0142' })).toEqual([confirmation]);
  expect(await search({ loyaltyNumber: 's77' })).toEqual([confirmation]);
  expect(await search({ email: 'sought@example.com' }, ['P2002'])).toEqual([]);
});

test('a partner uses the same operations by its signature', async () => {
  const path = '/partner/v1/itineraries';
  const headers = { 'content-type': 'application/json', ...newKey() };
  const created = await api.ask(await api.sign({ method: 'POST', path, headers, body: JSON.stringify(bookingBody()) }));
  const { confirmation } = JSON.parse(created.body);
  const shown = await api.ask(await api.sign({ path: `${path}/${confirmation}` }));

  expect([created.status, shown.status]).toEqual([201, 200]);
});

test('a malformed request is told where, and nothing of what it said', async () => {
  const answer = await book({ arrival: 'tomorrow', extra: 'secret-value' });
  const { errors } = JSON.parse(answer.body) as { errors: { pointer: string }[] };

  expect(problemOf(answer)).toEqual(problem('malformed-request'));
  expect(errors.map(({ pointer }) => pointer)).toContain('/arrival');
  expect(answer.body).not.toMatch(/tomorrow|secret-value|extra/);
});

test('what never reaches a function is in the access log, by its route and not by its path', async () => {
  const refused = await api.ask({ path: '/mobile/v1/itineraries/NOBODYS-7788' });
  await api.settle();
  const logs = await api.logs();

  expect(refused.status).toBe(401);
  expect(logs).toMatch(/"routeKey":"GET \/mobile\/v1\/itineraries\/\{confirmation\}","status":"401"/);
  expect(logs).not.toContain('NOBODYS-7788');
});

test('connections that are held, and one that breaks, are nothing to a booking but time', async () => {
  await setFaults({ connectionPool: { holdMs: 1, pct: 100, functions: ['api-change-itineraries'] } });
  const fault = api.sandbox.faults.inject({
    service: 'rds-data',
    operation: 'CommitTransaction',
    effect: { kind: 'error', code: 'BadRequestException', status: 400 },
  });
  const headers = newKey();
  const broken = await book({}, headers);
  fault.lift();
  const held = await book({}, headers);
  await setFaults({});

  expect(fault.hits).toBeGreaterThan(0);
  expect(problemOf(broken)).toEqual(problem('internal-error'));
  expect(held.status).toBe(201);
});

async function setFaults(faults: object): Promise<void> {
  const parameter = { Name: '/reservation/dev/faults', Value: JSON.stringify(faults), Overwrite: true };
  await api.sandbox.client(SSMClient).send(new PutParameterCommand(parameter));
  await api.settle(60_000);
}

test.each(['AuthorizeMobileRole', 'ApiReadItinerariesRole', 'ApiChangeItinerariesRole', 'EmulatePaymentsRole'])(
  '%s allows no action that nobody needed in this suite',
  (role) => {
    // What AWS itself calls and the sandbox does not.
    const calledByAws = [`${role}.Trace: xray:PutTelemetryRecords`];

    expect(unusedActions(grantedStatements(api.sandbox, api.stack, [role]))).toEqual(calledByAws);
  },
);
