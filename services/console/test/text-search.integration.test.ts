import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AuditQuery, Finding } from '@lamplighter/contracts';
import { Sandbox, type Template } from '@lamplighter/sandbox';
import { aossIndex } from '../src/adapters/aoss-index.ts';
import { cloudWatchLines } from '../src/adapters/cloudwatch-lines.ts';
import { indexNameOf } from '../src/domain/index-name.ts';
import { findingDocument, lineDocument } from '../src/domain/search-document.ts';
import { expireIndexes } from '../src/functions/expire-indexes/expire-indexes.ts';
import type { SearchIndexPort } from '../src/ports.ts';
import { embeddedTextSearch } from '../src/search/embedded-text-search.ts';
import { indexedTextSearch } from '../src/search/indexed-text-search.ts';
import { answered, finding as example, fakeServices } from './fake-services.ts';
import { describeTextSearch, type World, worldOf } from './text-search-conformance.ts';

const finding: Finding = { ...example, title: 'shop-pay fails in half of its calls', openedAt: Date.now() };
const world = worldOf(finding);
const NAME = 'lamplighter-test';
const DAY_MS = 86_400_000;
const logger = { error: (text: string) => expect(text).toBe('nothing') };

let sandbox: Sandbox;
let index: SearchIndexPort;
beforeAll(async () => {
  sandbox = await Sandbox.start({ services: ['logs', 'events', 'cloudwatch', 'aoss'] });
  const { outputs } = await sandbox.deployTemplate({
    stackName: NAME,
    template: collectionTemplate(`arn:aws:iam::${sandbox.accountId}:root`),
    artifact: () => Promise.reject(new Error('there is no code')),
  });
  index = aossIndex({
    endpoint: String(outputs.Endpoint),
    region: sandbox.region,
    credentials: sandbox.credentials,
    timeoutMs: 60_000,
  });
});
afterAll(() => sandbox?.stop());

describeTextSearch('embedded, over CloudWatch Logs', finding, async ({ logGroup, logStream, lines, findings, now }) => {
  sandbox.peers.logs.ensureLogGroup(logGroup);
  await sandbox.peers.logs.write(
    logGroup,
    logStream,
    [...lines].sort((a, b) => a.timestamp - b.timestamp),
  );
  const shop = { functionName: 'shop-pay', accountId: sandbox.accountId, region: sandbox.region, logGroup };
  const audit = async ({ kind }: AuditQuery) =>
    kind === 'functions'
      ? answered({ kind: 'functions' as const, functions: [shop] })
      : answered({ kind: 'windows' as const, windows: [] });
  const services = fakeServices({
    audit,
    findings: async () => answered({ kind: 'findings', findings: [...findings] }),
  });
  return embeddedTextSearch(services, cloudWatchLines(sandbox.client(CloudWatchLogsClient)), () => now);
});

describeTextSearch('OpenSearch Serverless', finding, async (given) => {
  await indexWorld(given);
  return indexedTextSearch({
    index,
    recent: async () => ({ hits: [] }),
    logger,
    loggedBy: 'query-search',
    now: () => given.now,
  });
});

async function indexWorld({ lines, findings, logGroup, logStream }: World): Promise<void> {
  const documents = lines.map((line) => lineDocument({ ...line, logGroup, logStream }));
  await index.put([...documents.filter((document) => document !== undefined), ...findings.map(findingDocument)]);
}

test('what comes twice is kept once', async () => {
  await indexWorld(world);
  await indexWorld(world);
  expect(await index.find('4700003', 10)).toHaveLength(2);
});

test('indexes of days that are over are dropped, others’ are left alone', async () => {
  const old = { id: 'old', at: world.now - 14 * DAY_MS, words: 'ancient', hit: '{}' };
  await index.put([old]);
  expect(await index.find('ancient', 1)).toHaveLength(1);

  const dropped = await expireIndexes({ index, days: 14, now: () => world.now });

  expect(dropped).toEqual([indexNameOf(old.at)]);
  expect(await index.find('ancient', 1)).toEqual([]);
  expect(await index.names()).toContain(indexNameOf(world.now));
});

function collectionTemplate(principal: string): Template {
  const Rules = [{ ResourceType: 'collection', Resource: [`collection/${NAME}`] }];
  const policy = (type: string, Type: string, document: unknown) => ({
    Type: `AWS::OpenSearchServerless::${type}`,
    Properties: { Name: NAME, Type, Policy: JSON.stringify(document) },
  });
  const access = { Rules: [{ ResourceType: 'index', Resource: [`index/${NAME}/*`], Permission: ['aoss:*'] }] };
  return {
    Resources: {
      Encryption: policy('SecurityPolicy', 'encryption', { Rules, AWSOwnedKey: true }),
      Network: policy('SecurityPolicy', 'network', [{ Rules, AllowFromPublic: true }]),
      Access: policy('AccessPolicy', 'data', [{ ...access, Principal: [principal] }]),
      Collection: {
        Type: 'AWS::OpenSearchServerless::Collection',
        DependsOn: ['Encryption', 'Network'],
        Properties: { Name: NAME, Type: 'SEARCH' },
      },
    },
    Outputs: { Endpoint: { Value: { 'Fn::GetAtt': ['Collection', 'CollectionEndpoint'] } } },
  };
}
