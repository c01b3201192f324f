import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Template } from '../../index.ts';
import { Sandbox } from '../../sandbox.ts';

const NAME = 'lamps';
const MAPPING = {
  mappings: {
    dynamic: 'strict',
    properties: {
      words: { type: 'text', analyzer: 'whitespace' },
      at: { type: 'date', format: 'epoch_millis' },
      kept: { type: 'keyword', index: false, doc_values: false },
    },
  },
};
const SORT = [{ at: 'desc' }];
const phrase = (query: string) => ({ size: 10, query: { match_phrase_prefix: { words: { query } } }, sort: SORT });

let sandbox: Sandbox;
let endpoint: string;
beforeAll(async () => {
  sandbox = await Sandbox.start({ services: ['aoss'] });
  endpoint = await deploy(NAME, [`arn:aws:iam::${sandbox.accountId}:root`]);
});
afterAll(() => sandbox?.stop());

const policy = (name: string, type: string, Type: string, document: unknown) => ({
  Type: `AWS::OpenSearchServerless::${type}`,
  Properties: { Name: name, Type, Policy: JSON.stringify(document) },
});

async function deploy(name: string, Principal: readonly string[], without?: string): Promise<string> {
  const Rules = [{ ResourceType: 'collection', Resource: [`collection/${name}`] }];
  const access = {
    Rules: [{ ResourceType: 'index', Resource: [`index/${name}/*`], Permission: ['aoss:*'] }],
    Principal,
  };
  const resources = {
    Group: {
      Type: 'AWS::OpenSearchServerless::CollectionGroup',
      Properties: { Name: name, Generation: 'NEXTGEN', StandbyReplicas: 'ENABLED' },
    },
    Encryption: policy(name, 'SecurityPolicy', 'encryption', { Rules, AWSOwnedKey: true }),
    Network: policy(name, 'SecurityPolicy', 'network', [{ Rules, AllowFromPublic: true }]),
    Access: policy(name, 'AccessPolicy', 'data', [access]),
    Collection: {
      Type: 'AWS::OpenSearchServerless::Collection',
      DependsOn: ['Encryption', 'Network', 'Group'].filter((one) => one !== without),
      Properties: { Name: name, Type: 'SEARCH', CollectionGroupName: name },
    },
  };
  const { outputs } = await sandbox.deployTemplate({
    stackName: name,
    template: {
      Resources: Object.fromEntries(Object.entries(resources).filter(([id]) => id !== without)),
      Outputs: { Endpoint: { Value: { 'Fn::GetAtt': ['Collection', 'CollectionEndpoint'] } } },
    } as Template,
    artifact: () => Promise.reject(new Error('there is no code')),
  });
  return String(outputs.Endpoint);
}

async function ask(method: string, path: string, given: unknown = '', at = endpoint) {
  const body = typeof given === 'string' ? given : JSON.stringify(given);
  const url = new URL(`${at}${path}`);
  const signer = new SignatureV4({
    service: 'aoss',
    region: sandbox.region,
    credentials: sandbox.credentials,
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') },
    body,
  });
  const response = await fetch(url, { method, headers, ...(body !== '' && { body }) });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

const put = (documents: readonly (readonly [string, object])[], index = 'day-1') =>
  ask(
    'POST',
    '/_bulk',
    documents
      .map(([_id, one]) => `${JSON.stringify({ index: { _index: index, _id } })}\n${JSON.stringify(one)}\n`)
      .join(''),
  );

test('documents are kept by their id, and found by a phrase, newest first', async () => {
  expect((await ask('PUT', '/day-1', MAPPING)).status).toBe(200);
  await put([
    ['a', { words: 'order 17 is paid', at: 1, kept: 'A' }],
    ['b', { words: 'order 17 is payable', at: 2, kept: 'B' }],
    ['c', { words: 'is 17 order pa', at: 3, kept: 'C' }],
  ]);
  const again = await put([['a', { words: 'order 17 is paid', at: 1, kept: 'A' }]]);

  const { body } = await ask('POST', '/day-*/_search', phrase('17 is pa'));

  expect(again.body).toMatchObject({ errors: false, items: [{ index: { status: 200, result: 'updated' } }] });
  expect(body).toMatchObject({
    hits: { total: { value: 2 }, hits: [{ _id: 'b' }, { _id: 'a', _source: { kept: 'A' } }] },
  });
});

test('what does not fit its mapping is refused alone', async () => {
  const { body } = await put([
    ['x', { words: 'odd', at: 'yesterday' }],
    ['y', { words: 'fine', at: 4 }],
    ['z', { unknown: 1 }],
  ]);
  expect(body).toMatchObject({ errors: true, items: [400, 201, 400].map((status) => ({ index: { status } })) });
});

test.each([
  ['POST', '/day-1/_search', { ...phrase('x'), query: { match: { words: 'x' } } }],
  ['POST', '/day-1/_search', { ...phrase('x'), aggs: {} }],
  ['PUT', '/day-2', { mappings: { dynamic: 'strict', properties: { vector: { type: 'knn_vector' } } } }],
  ['GET', '/_cat/indices', ''],
])('what is not emulated is refused by name: %s %s %j', async (method, path, body) => {
  const answer = await ask(method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ error: { reason: expect.stringContaining('does not emulate') } });
});

test('an index that is there already, or not there, is said as OpenSearch says it', async () => {
  expect((await ask('PUT', '/day-1', MAPPING)).body).toMatchObject({
    error: { type: 'resource_already_exists_exception' },
  });
  expect((await ask('DELETE', '/never')).body).toMatchObject({
    status: 404,
    error: { type: 'index_not_found_exception' },
  });
});

test('whom no data access policy names may not read, whatever IAM says', async () => {
  const other = await deploy('others', ['arn:aws:iam::123456789012:role/somebody']);
  expect((await ask('POST', '/day-*/_search', phrase('x'), other)).status).toBe(403);
});

test('a collection needs its encryption policy before', async () => {
  await expect(deploy('bare', [], 'Encryption')).rejects.toThrow('security policy of encryption type');
});
