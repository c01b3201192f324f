import { isAsked, playbookNamed, type RemedyContext, throttledShareOf } from '@lamplighter/remedies';
import type { MeterPort } from '../../ports.ts';

const HOUR_MS = 3_600_000;

/** The API with what it refuses, where a throttle may be the answer: a throttle refuses more, and has to be compared with that. */
export async function withRefused(
  meters: MeterPort,
  api: NonNullable<RemedyContext['api']>,
  { finding, now }: Pick<RemedyContext, 'finding' | 'now'>,
): Promise<RemedyContext['api']> {
  const { protocol, apiId, stage, isShared } = api;
  const playbook = playbookNamed('api-throttle');
  if (protocol !== 'HTTP' || isShared || playbook === undefined || !isAsked(playbook, finding)) return api;
  const { openedAt } = finding;
  const refusedIn = async (since: number, until: number) =>
    throttledShareOf(await meters({ meter: 'api-requests', apiId, stage }, since, until));
  const [refusedShare, usuallyRefusedShare] = await Promise.all([
    refusedIn(openedAt, now),
    refusedIn(openedAt - HOUR_MS, openedAt),
  ]);
  return {
    ...api,
    ...(refusedShare !== undefined && { refusedShare }),
    ...(usuallyRefusedShare !== undefined && { usuallyRefusedShare }),
  };
}
