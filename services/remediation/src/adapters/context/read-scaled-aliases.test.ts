import type {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { expect, test } from '@jest/globals';
import { readScaledAliases } from './read-scaled-aliases.ts';

const MOST_IDS = 50;

test('more aliases than one call may name are asked about in several', async () => {
  const send = async ({ input: { ResourceIds = [] } }: DescribeScalableTargetsCommand) => {
    if (ResourceIds.length > MOST_IDS) throw new Error('ValidationException');
    return { ScalableTargets: ResourceIds.filter((id) => id.endsWith('0')).map((ResourceId) => ({ ResourceId })) };
  };
  const aliases = Array.from({ length: 120 }, (_, at) => `tenant-${at + 1}`);

  const scaled = await readScaledAliases({ send } as unknown as ApplicationAutoScalingClient, 'rooms', aliases);

  expect(scaled).toHaveLength(12);
  expect(scaled.at(-1)).toBe('tenant-120');
});
