import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type Faults, faultsSchema, NO_FAULTS, PROTECTED_STAGE } from '../runtime/faults/faults-schema.ts';
import type { Log } from '../runtime/safe-log.ts';

/** How long an environment goes on with the faults it has read. */
const FRESH_MS = 5_000;

export interface SsmFaultsOptions {
  readonly client: Pick<SSMClient, 'send'>;
  readonly parameter: string;
  readonly stage: string;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * The faults that a parameter names, read again every few seconds. In a stage called prod there are none, and nothing is
 * read. A parameter that is unreadable or says something else injects nothing: an experiment must not break the service.
 */
export function ssmFaults({ client, parameter, stage, now, log }: SsmFaultsOptions): () => Promise<Faults> {
  let known = NO_FAULTS;
  let readAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    if (stage === PROTECTED_STAGE || now() - readAtMs < FRESH_MS) return known;
    readAtMs = now();
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: parameter }));
      known = faultsSchema.parse(JSON.parse(Parameter?.Value ?? '{}'));
    } catch (error) {
      known = NO_FAULTS;
      log('warn', 'faults are unreadable: none is injected', { errorName: (error as Error).name });
    }
    return known;
  };
}
