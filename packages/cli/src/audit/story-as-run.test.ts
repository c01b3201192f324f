import { expect, test } from '@jest/globals';
import type { RunsOn } from '@lamplighter/pricing';
import { recordedTerminal } from '../testing/recorded-terminal.ts';
import { scriptedAudit } from '../testing/scripted-audit.ts';
import { TIMEOUT_STORY } from '../testing/timeout-story.ts';
import { showInvocations } from './show-invocations.ts';
import { storyAsRun } from './story-as-run.ts';

const { startedAt = 0, costUsd: asX86 = 0 } = TIMEOUT_STORY.invocation;
/** Of 3 s at 128 MB on arm64, with its request, where the story says 3 s of x86_64. */
const AS_ARM = 0.2e-6 + (asX86 - 0.2e-6) * (0.0000133334 / 0.0000166667);
const sourceWith = (runsOn: RunsOn) => ({ ...scriptedAudit({ storms: ['r-1'] }), runsOn: async () => runsOn });

test('a story of a deployment has the price of what its function runs on, each attempt too', async () => {
  const { story, pricedFor } = await storyAsRun(sourceWith({ architecture: 'arm64' }), TIMEOUT_STORY);

  expect(story.invocation.costUsd).toBeCloseTo(AS_ARM, 14);
  expect(story.attempts[0]?.costUsd).toBeCloseTo(AS_ARM, 14);
  expect(pricedFor).toBe('arm64');
});

test('a request that began before its function moved has the price of what it ran on then', async () => {
  const moved = { architecture: 'arm64', architectureSince: startedAt + 1 } as const;

  expect(await storyAsRun(sourceWith(moved), TIMEOUT_STORY)).toEqual({ story: TIMEOUT_STORY, pricedFor: 'x86_64' });
});

test('a story of a replay, and of a function that nobody knows, stays as it is', async () => {
  const asItIs = { story: TIMEOUT_STORY, pricedFor: undefined };

  expect(await storyAsRun(scriptedAudit({}), TIMEOUT_STORY)).toEqual(asItIs);
  expect(await storyAsRun(sourceWith({}), TIMEOUT_STORY)).toEqual(asItIs);
});

test('a list for machines has the same price as the story', async () => {
  const terminal = recordedTerminal();

  await showInvocations(
    sourceWith({ architecture: 'arm64' }),
    { function: 'storms', json: true, since: '1970-01-01' },
    terminal,
    { paint: (_colour, text) => text, now: 0 },
  );

  expect(JSON.parse(terminal.written.out).invocations[0].costUsd).toBeCloseTo(AS_ARM, 14);
});
