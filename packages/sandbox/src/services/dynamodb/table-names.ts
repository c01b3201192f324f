import type { RequiredPermission, ServiceContext } from '../../core/service.ts';

/** Since 2024 every `TableName` may also be the table's ARN. */
export function tableName(nameOrArn: unknown): string {
  const text = String(nameOrArn ?? '');
  return text.startsWith('arn:') ? (text.split(':table/')[1]?.split('/')[0] ?? text) : text;
}

export function tableArn(context: ServiceContext, nameOrArn: unknown): string {
  return `arn:aws:dynamodb:${context.region}:${context.accountId}:table/${tableName(nameOrArn)}`;
}

/** The permission of an operation on one table. */
export function onTable(context: ServiceContext, operation: string, nameOrArn: unknown): RequiredPermission {
  return { action: `dynamodb:${operation}`, resource: tableArn(context, nameOrArn) };
}
