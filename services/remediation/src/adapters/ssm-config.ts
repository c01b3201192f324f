import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { LamplighterError } from '@lamplighter/lambda-kit';
import { type RemediationConfig, readConfig } from '../domain/remediation-config.ts';
import type { ConfigPort } from '../ports.ts';

/** Changed guardrails are in force within this time, without a deploy. */
const FRESH_MS = 15_000;

/**
 * The guardrails from their SSM parameter. A document that has become wrong lets nothing through: rails that nobody can read are closed.
 * @throws LamplighterError `GUARDRAILS_INVALID`
 */
export function ssmConfig(client: SSMClient, parameterName: string, now: () => number): ConfigPort {
  let known: { config: RemediationConfig; at: number } | undefined;
  return async () => {
    if (known !== undefined && now() - known.at < FRESH_MS) return known.config;
    const { Parameter } = await client.send(new GetParameterCommand({ Name: parameterName }));
    const read = readConfig(Parameter?.Value ?? '');
    if ('problem' in read) throw new LamplighterError('GUARDRAILS_INVALID', `${read.problem} (${parameterName})`);
    known = { config: read.config, at: now() };
    return read.config;
  };
}
