import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import {
  AnomalyDetected,
  type Finding,
  type FindingsAnswer,
  type FindingsQuery,
  type FunctionChange,
} from '@lamplighter/contracts';
import { deployedFindings } from './deployed-findings.ts';

const { finding } = AnomalyDetected.example;
const at = (openedAt: number, name = finding.resource.name): Finding => ({
  ...finding,
  findingId: `${name}/${openedAt}`,
  openedAt,
  resource: { ...finding.resource, name },
});

/** A query function that answers as it is told, and keeps what it was asked. */
function deployment(answer: (query: FindingsQuery) => FindingsAnswer | Error) {
  const asked: FindingsQuery[] = [];
  const send = async ({ input }: InvokeCommand) => {
    const query = JSON.parse(String(input.Payload)) as FindingsQuery;
    asked.push(query);
    const told = answer(query);
    if (told instanceof Error) throw told;
    return { Payload: Buffer.from(JSON.stringify(told)) };
  };
  return { asked, place: { client: { send } as unknown as LambdaClient, stage: 'dev', name: 'here' } };
}

test('a finding is asked for by its id', async () => {
  const { place } = deployment((query) =>
    query.kind === 'by-id' && query.findingId === 'a/1' ? { kind: 'finding', finding: at(1) } : { kind: 'not-found' },
  );
  const deployed = await deployedFindings(place);

  expect(await deployed?.byId('a/1')).toEqual(at(1));
  expect(await deployed?.byId('b/2')).toBeUndefined();
  expect(await deployed?.byId('x'.repeat(501))).toBeUndefined();
});

test('a listing turns its pages until the range begins, and gives what opened first, first', async () => {
  const { asked, place } = deployment((query) => {
    if (query.kind !== 'recent') return { kind: 'not-found' };
    if (query.cursor === undefined) return { kind: 'findings', findings: [at(50), at(40)], cursor: 'more' };
    return { kind: 'findings', findings: [at(30), at(10)], cursor: 'and more' };
  });
  const deployed = await deployedFindings(place);
  const found = await deployed?.list({ since: 20, until: 50 });

  expect(found?.findings.map(({ openedAt }) => openedAt)).toEqual([30, 40]);
  expect(asked.filter(({ kind }) => kind === 'recent')).toHaveLength(2);
});

test('what is still open is listed however long ago it opened, once, and that of a function alone where one is named', async () => {
  const { place } = deployment((query) => {
    if (query.kind === 'open') return { kind: 'findings', findings: [at(25, 'b'), at(3, 'b'), at(2)] };
    if (query.kind === 'recent') return { kind: 'findings', findings: [at(60, 'b'), at(25, 'b'), at(10)] };
    return { kind: 'findings', findings: [at(60, 'b'), at(25, 'b'), at(1, 'b')] };
  });
  const deployed = await deployedFindings(place);
  const ids = async (functionName?: string) =>
    (await deployed?.list({ since: 20, until: 50, ...(functionName !== undefined && { functionName }) }))?.findings.map(
      ({ findingId }) => findingId,
    );

  expect(await ids()).toEqual([at(2), at(3, 'b'), at(25, 'b')].map(({ findingId }) => findingId));
  expect(await ids('b')).toEqual(['b/3', 'b/25']);
});

test('without an end nothing that is open is too new', async () => {
  const ahead = at(Date.UTC(2100, 0, 1));
  const { place } = deployment((query) => ({ kind: 'findings', findings: query.kind === 'open' ? [ahead] : [] }));
  const deployed = await deployedFindings(place);

  expect((await deployed?.list({ since: 20 }))?.findings).toEqual([ahead]);
  expect((await deployed?.list({ since: 20, until: 50 }))?.findings).toEqual([]);
});

test('one function is asked for by its name', async () => {
  const { asked, place } = deployment((query) =>
    query.kind === 'by-function' ? { kind: 'findings', findings: [at(2, 'b'), at(1, 'b')] } : { kind: 'not-found' },
  );
  const found = await (await deployedFindings(place))?.list({ functionName: 'b', since: 0, until: 9 });

  expect(found).toMatchObject({ findings: [{ openedAt: 1 }, { openedAt: 2 }], cuts: [] });
  expect(asked.at(-1)).toMatchObject({ kind: 'by-function', functionName: 'b' });
});

test('where a list is cut, it says so', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => at(10_000 - index, 'b'));
  const { place } = deployment((query) =>
    query.kind === 'open'
      ? { kind: 'findings', findings: many(1_000) }
      : { kind: 'findings', findings: many(200), cursor: 'more' },
  );
  const deployed = await deployedFindings(place);
  const cutsOf = async (since: number, functionName?: string) =>
    (await deployed?.list({ since, until: 20_000, ...(functionName && { functionName }) }))?.cuts;

  expect(await cutsOf(0)).toEqual([
    'Of those that are open the worst 1,000 were looked at.',
    expect.stringMatching(/^The newest 2,000 were looked at, back to 1970-01-01 00:00 UTC/),
  ]);
  expect(await cutsOf(0, 'b')).toContainEqual(expect.stringMatching(/^The newest 200 were looked at/));
  expect(await cutsOf(9_900, 'b')).toHaveLength(1);
});

test('where the service is not deployed there is nothing to ask; any other trouble is told', async () => {
  const named = (name: string) => Object.assign(new Error('no'), { name });

  expect(await deployedFindings(deployment(() => named('ResourceNotFoundException')).place)).toBeUndefined();
  await expect(deployedFindings(deployment(() => named('AccessDeniedException')).place)).rejects.toThrow('refuses');
});

test('what was changed is asked of the service; one of an older release knows of none', async () => {
  const change: FunctionChange = {
    ...{ changeId: 'c', accountId: '123456789012', region: 'us-east-1', functionName: 'pay' },
    ...{ at: 5, source: 'cloudtrail', kind: 'code', version: '$LATEST' },
  };
  const range = { functionName: 'pay', since: 1, until: 9 };
  const { asked, place } = deployment(({ kind }) =>
    kind === 'changes' ? { kind, changes: [change] } : { kind: 'not-found' },
  );
  const older = deployment(() => ({ kind: 'invalid-query', reason: 'Invalid input' }));

  expect(await (await deployedFindings(place))?.changes(range)).toEqual([change]);
  expect(asked.at(-1)).toEqual({ kind: 'changes', ...range });
  expect(await (await deployedFindings(older.place))?.changes(range)).toEqual([]);
});
