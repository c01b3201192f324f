import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { LamplighterError } from '@lamplighter/lambda-kit';
import { type AlertingPolicy, readPolicy } from '../domain/policy/policy.ts';
import type { PolicyPort } from '../ports.ts';

/** A changed policy is in force within this time, without a deploy. */
const FRESH_MS = 60_000;

/**
 * The policy from its SSM parameter, read anew every minute. A document that has become wrong does not silence anybody: the last good one stays in force.
 * @throws LamplighterError `POLICY_INVALID` where there has been no good one
 */
export function ssmPolicy(client: SSMClient, parameterName: string, now: () => number): PolicyPort {
  let known: { policy: AlertingPolicy; at: number } | undefined;
  return async () => {
    if (known !== undefined && now() - known.at < FRESH_MS) return known.policy;
    const { Parameter } = await client.send(new GetParameterCommand({ Name: parameterName }));
    const read = readPolicy(Parameter?.Value ?? '');
    if ('policy' in read) known = { policy: read.policy, at: now() };
    else if (known === undefined) throw new LamplighterError('POLICY_INVALID', `${read.problem} (${parameterName})`);
    return known.policy;
  };
}
