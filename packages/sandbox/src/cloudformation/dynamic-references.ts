import type { Scope } from './scope.ts';

type Values = Pick<Scope, 'ssmValue' | 'secretValue'>;

const REFERENCE = /\{\{resolve:([\w-]+):([^{}]*)\}\}/g;
const SSM_REFERENCE = /^([\w./-]+?)(?::(\d+))?$/;
/** Secret (an ARN has colons of its own), `SecretString`, JSON key, stage, version. */
const SECRET_REFERENCE =
  /^(arn:aws:secretsmanager:[^:]*:\d*:secret:[^:]+|[^:]+)(?::(SecretString)?(?::([^:]*)(?::([^:]*)(?::([^:]*))?)?)?)?$/;

/**
 * Replaces `{{resolve:ssm:/name}}` and `{{resolve:secretsmanager:id:SecretString:key}}` anywhere in a text.
 * Source: CloudFormation User Guide, "Get values stored in other services using dynamic references".
 */
export function resolveDynamicReferences(text: string, values: Values): string {
  if (!text.includes('{{resolve:')) return text;
  return text.replace(REFERENCE, (_, service: string, reference: string) => {
    if (service === 'ssm') return parameterValue(reference, values);
    if (service === 'secretsmanager') return secretValue(reference, values);
    throw new Error(`The sandbox does not resolve {{resolve:${service}:…}}.`);
  });
}

function parameterValue(reference: string, { ssmValue }: Values): string {
  const [, name, version] = SSM_REFERENCE.exec(reference) ?? [];
  if (!name) throw new Error(`{{resolve:ssm:${reference}}} does not name a parameter.`);
  if (version)
    throw new Error(
      `The sandbox keeps only the newest version of ${name}: {{resolve:ssm:${reference}}} cannot be resolved.`,
    );
  return ssmValue(name);
}

function secretValue(reference: string, values: Values): string {
  const [, secretId, , key, stage, version] = SECRET_REFERENCE.exec(reference) ?? [];
  if (!secretId) throw new Error(`{{resolve:secretsmanager:${reference}}} does not name a secret.`);
  const text = values.secretValue(secretId, stage || undefined, version || undefined);
  if (!key) return text;
  const member = (JSON.parse(text) as Readonly<Record<string, unknown>>)[key];
  if (member === undefined) throw new Error(`The secret ${secretId} has no key ${key}.`);
  return String(member);
}
