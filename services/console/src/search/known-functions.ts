import type { WatchedFunction } from '@lamplighter/contracts';
import { answerIfAny } from '../api/expect-answer.ts';
import type { Services } from '../ports.ts';

/** Functions ever seen, a thousand at most; none where the ingestion service does not say. */
export async function knownFunctions({ audit }: Pick<Services, 'audit'>): Promise<readonly WatchedFunction[]> {
  return answerIfAny(await audit({ kind: 'functions', limit: 1000 }), 'functions')?.functions ?? [];
}
