import type { Playbook } from '../playbook.ts';
import { holdsConnections } from './blamed-dependency.ts';
import { functionPatch } from './function-patch.ts';

/** AWS keeps this much unreserved: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const KEPT_UNRESERVED = 100;

/** Caps a function that floods what stands behind it; gives more room to one that is refused. */
export const reservedConcurrency: Playbook = {
  name: 'reserved-concurrency',
  answers: ['connection-pressure', 'retry-storm', 'throttling', 'throttling-ahead'],
  risk: 'medium',
  permissions: ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'],
  verifies: 'unserved-share',
  verifiesFor: { throttling: 'throttled-share', 'throttling-ahead': 'concurrency-use' },
  propose: ({ finding, function: settings, traffic, normal }) => {
    if (settings === undefined || holdsConnections(finding)) return undefined;
    const { functionName, reservedConcurrency: now, unreservedConcurrency } = settings;
    const wanted = wantedConcurrency(finding.class, {
      now,
      peak: traffic.peakConcurrency,
      usual: normal?.peakConcurrency,
    });
    if (wanted === undefined || wanted === now) return undefined;
    if (wanted > (now ?? 0) && wanted - (now ?? 0) > unreservedConcurrency - KEPT_UNRESERVED) return undefined;
    return {
      change: { kind: 'lambda-reserved-concurrency', functionName, concurrency: wanted },
      title: `Let ${functionName} run in at most ${wanted} environments`,
      reason: `It ran in up to ${traffic.peakConcurrency} environments at once${normal ? `, usually in ${normal.peakConcurrency}` : ''}.`,
      costPerHourUsd: 0,
      undo: now === undefined ? 'The reservation is taken away.' : `The reservation is set back to ${now}.`,
      patch: functionPatch(functionName, { reservedConcurrency: wanted }),
    };
  },
};

interface Environments {
  readonly now: number | undefined;
  readonly peak: number;
  readonly usual: number | undefined;
}

function wantedConcurrency(kind: string, { now, peak, usual }: Environments): number | undefined {
  if (kind === 'throttling' || kind === 'throttling-ahead') return now === undefined ? undefined : Math.ceil(now * 2);
  // What it needs when nothing is wrong, and a little more; half of the flood where that is not known.
  const cap = usual === undefined ? Math.ceil(peak / 2) : Math.ceil(usual * 1.5);
  return cap >= 1 && cap < peak ? cap : undefined;
}
