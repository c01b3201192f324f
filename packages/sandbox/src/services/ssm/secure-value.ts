import type { ServiceContext } from '../../core/service.ts';
import type { Parameter } from './parameter-store.ts';

/** The key that SSM uses where a SecureString names none. */
export const DEFAULT_KEY = 'alias/aws/ssm';

export const parameterArn = (context: ServiceContext, name: string): string =>
  `arn:aws:ssm:${context.region}:${context.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

/** The encryption context of a parameter's value. */
export const boundTo = (context: ServiceContext, name: string) => ({ PARAMETER_ARN: parameterArn(context, name) });

/** Encrypts a SecureString, bound to its parameter. Source: Systems Manager User Guide, "How AWS Systems Manager Parameter Store uses AWS KMS". */
export function sealValue(context: ServiceContext, name: string, value: string, keyId: string): string {
  return context.peers.kms.encrypt(keyId, Buffer.from(value), boundTo(context, name)).toString('base64');
}

/** The plain value of a parameter of any type. */
export function openValue(context: ServiceContext, parameter: Parameter): string {
  if (parameter.type !== 'SecureString') return parameter.value;
  const blob = Buffer.from(parameter.value, 'base64');
  return context.peers.kms.decrypt(blob, boundTo(context, parameter.name)).toString();
}
