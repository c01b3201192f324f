import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { LamplighterError } from '@lamplighter/lambda-kit';
import { type AlertingPolicy, readLastGood, readPolicy } from '../domain/policy/policy.ts';
import type { PolicyPort } from '../ports.ts';

/** A changed policy is in force within this time, without a deploy. */
const FRESH_MS = 60_000;

export interface SsmPolicySettings {
  readonly now: () => number;
  /** Where the last good document outlives every environment. */
  readonly lastGood: { read(): Promise<string | undefined>; keep(text: string): Promise<void> };
  /** Told each time that a document is wrong. */
  readonly complain: (problem: string) => void;
}

interface Known {
  readonly policy: AlertingPolicy;
  readonly text: string;
  readonly at: number;
}

/**
 * The policy from its SSM parameter, read anew every minute. A document that has become wrong, or cannot be read, silences nobody: the last good one stays
 * in force, in new environments too.
 * @throws LamplighterError `POLICY_INVALID` where there has never been a good one
 */
export function ssmPolicy(client: SSMClient, name: string, settings: SsmPolicySettings): PolicyPort {
  const { now, lastGood, complain } = settings;
  const secretsBelow = name.slice(0, name.lastIndexOf('/') + 1);
  let known: Known | undefined;
  const load = async (): Promise<Known> => {
    const text = await textOf(client, name);
    if (known !== undefined && text === known.text) return { ...known, at: now() };
    const read =
      text instanceof Error ? { problem: `cannot be read: ${text.message}` } : readPolicy(text, secretsBelow);
    if ('policy' in read) return keep(String(text), read.policy);
    complain(`${read.problem} (${name})`);
    return known === undefined ? recall(`${read.problem} (${name})`) : { ...known, at: now() };
  };
  const keep = async (text: string, policy: AlertingPolicy): Promise<Known> => {
    if ((await lastGood.read()) !== text) await lastGood.keep(text);
    return { policy, text, at: now() };
  };
  const recall = async (problem: string): Promise<Known> => {
    const text = await lastGood.read();
    // What was good once goes on, though a channel of it may be mute: that silences the fewest.
    const policy = text === undefined ? undefined : readLastGood(text);
    if (text !== undefined && policy !== undefined) return { policy, text, at: now() };
    throw new LamplighterError('POLICY_INVALID', problem);
  };
  return async () => {
    if (known === undefined || now() - known.at >= FRESH_MS) known = await load();
    return known.policy;
  };
}

async function textOf(client: SSMClient, Name: string): Promise<string | Error> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name }));
    return Parameter?.Value ?? '';
  } catch (error) {
    return error as Error;
  }
}
