import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findStory } from '../audit/find-story.ts';
import { storedAuditSource } from '../audit/source/stored-stories.ts';
import { workspaceRoot } from '../stacks/package-stacks.ts';
import { silentProgress } from '../testing/silent-progress.ts';
import { type ReplayOptions, type ReplayOutcome, runReplay } from './run-replay.ts';

const SAMPLES = join(workspaceRoot(), 'samples', 'logs');
const RETRIED = 'b394fb36-4f42-4a5a-a4fd-ae65fe3b890b';
const FORGED = '1a61dbe2-94e3-4923-a8e3-5f55301850c5';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lamplighter-replay-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function replay(change: Partial<ReplayOptions>): Promise<ReplayOutcome> {
  return runReplay({
    files: ['orders.s3-export', 'storms.payloads.json'].map((name) => join(SAMPLES, name)),
    logGroupOf: () => '/aws/lambda/orders',
    door: 'direct',
    disturbance: { shuffle: false, duplicateProbability: 0, seed: 1 },
    progress: silentProgress,
    folder: join(folder, 'replay'),
    ...change,
  });
}

describe('a replay of the samples', () => {
  test('accounts for every line, ends in the same audit however badly the logs are delivered, and keeps the stories', async () => {
    const calm = await replay({});
    const disturbed = await replay({ disturbance: { shuffle: true, duplicateProbability: 0.5, seed: 7 } });

    expect(calm.summary).toMatchObject({ lost: 0, repeated: 0, rejected: [] });
    expect(calm.summary.platformRecords + calm.summary.applicationLines).toBe(calm.summary.events);
    expect(disturbed.invocations).toEqual(calm.invocations);
    const byId = new Map(calm.invocations.map((invocation) => [invocation.requestId, invocation]));
    expect(byId.get(RETRIED)).toMatchObject({ functionName: 'orders', status: 'success', attempts: 3 });
    expect(byId.get(FORGED)).toMatchObject({
      memorySizeMb: 256,
      logLines: 4,
      messages: [{ sequenceNumber: expect.any(String) }, {}],
    });
    const kept = await storedAuditSource(join(folder, 'replay'));
    expect(await findStory(kept, RETRIED.slice(0, 6))).toMatchObject({
      kind: 'story',
      story: { attempts: { length: 3 }, lines: { length: 14 } },
    });
  });
});
