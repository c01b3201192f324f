import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { LamplighterError } from '@lamplighter/lambda-kit';

/** A rotated secret is in use within this time. */
const FRESH_MS = 300_000;

/** Gives the secret of that name. Throws what SSM throws: a missing secret is a channel that cannot deliver, and is said so there. */
export type SecretPort = (parameterName: string) => Promise<string>;

/** Secrets from SSM parameters of type SecureString. */
export function ssmSecrets(client: SSMClient, now: () => number): SecretPort {
  const known = new Map<string, { value: string; at: number }>();
  return async (name) => {
    const cached = known.get(name);
    if (cached !== undefined && now() - cached.at < FRESH_MS) return cached.value;
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    const value = Parameter?.Value;
    // An empty secret would verify what anybody signed.
    if (!value) throw new LamplighterError('SECRET_EMPTY', `The parameter ${name} holds no secret.`);
    known.set(name, { value, at: now() });
    return value;
  };
}
