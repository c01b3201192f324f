import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { Credentials } from '../rds/data-api-cluster.ts';

/** User name and password from a secret; throws `SecretsErrorException` where it cannot be read, `InvalidSecretException` where it holds no such thing. */
export function readSecret(secretArn = '', { peers }: ServiceContext): Credentials {
  const { username, password } = parse(textOf(secretArn, peers));
  if (typeof username === 'string' && typeof password === 'string') return { username, password };
  throw invalidSecret();
}

function textOf(secretArn: string, peers: ServiceContext['peers']): string {
  try {
    return peers.secretsManager.value(secretArn).text;
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    throw new ApiError(
      'SecretsErrorException',
      `There was a problem with the Secrets Manager secret: ${cause.message}`,
    );
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    throw invalidSecret();
  }
}

const invalidSecret = (): ApiError =>
  new ApiError('InvalidSecretException', "The Secrets Manager secret used with the request isn't valid.");
