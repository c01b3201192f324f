import type { ServiceContext } from '../../core/service.ts';
import type { Parameter } from './parameter-store.ts';

/** The key that SSM uses where a SecureString names none. */
export const DEFAULT_KEY = 'alias/aws/ssm';

const arnOf = (context: ServiceContext, name: string): string =>
  `arn:aws:ssm:${context.region}:${context.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

/** Encrypts a SecureString, bound to its parameter. Source: Systems Manager User Guide, "How AWS Systems Manager Parameter Store uses AWS KMS". */
export function sealValue(context: ServiceContext, name: string, value: string, keyId: string): string {
  return context.peers.kms.encrypt(keyId, Buffer.from(value), { PARAMETER_ARN: arnOf(context, name) }).toString('base64');
}

/** The plain value of a parameter of any type. */
export function openValue(context: ServiceContext, parameter: Parameter): string {
  if (parameter.type !== 'SecureString') return parameter.value;
  const blob = Buffer.from(parameter.value, 'base64');
  return context.peers.kms.decrypt(blob, { PARAMETER_ARN: arnOf(context, parameter.name) }).toString();
}

export { arnOf as parameterArn };
