import type { Signal } from '../rule.ts';
import { clock } from '../words.ts';
import type { Comparison } from './compare-versions.ts';

/** A version as the cause, and what findings of it share. */
export function blame({
  version,
  since,
}: Pick<Comparison, 'version' | 'since'>): Pick<Signal, 'causes' | 'cause' | 'lookAt'> {
  return {
    causes: [
      {
        kind: 'deploy',
        name: `version ${version}`,
        evidence: [{ text: `Version ${version} was first seen at ${clock(since)}.`, since }],
      },
    ],
    cause: `deploy/${version}`,
  };
}
