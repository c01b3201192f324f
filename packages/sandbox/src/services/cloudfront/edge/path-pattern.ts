import { matchesWildcard } from '../../../iam/evaluation/wildcard.ts';
import type { CacheBehavior, DistributionConfig } from '../config/distribution.ts';

/** The first behaviour whose path pattern matches: `*` for any characters, `?` for one; with or without a slash in front. */
export function behaviorFor({ behaviors }: DistributionConfig, path: string): CacheBehavior {
  const found = behaviors.find(({ pathPattern }) =>
    matchesWildcard(pathPattern.startsWith('/') || pathPattern === '*' ? pathPattern : `/${pathPattern}`, path),
  );
  return found ?? behaviors.at(-1)!;
}
