import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type RequiredPermission } from '../../../core/service.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';

/** PutDashboard, GetDashboard, ListDashboards, DeleteDashboards: kept, never drawn. */
export function dashboardOperations({ context, dashboards }: CloudWatchState): Record<string, JsonOperation> {
  const arnOf = (name: string): string => `arn:aws:cloudwatch::${context.accountId}:dashboard/${name}`;
  const on = (action: string, names: readonly string[]): readonly RequiredPermission[] =>
    names.map((name) => ({ action: `cloudwatch:${action}`, resource: arnOf(name) }));
  const body = (name: string): string => {
    const found = dashboards.get(name);
    if (found === undefined) throw new ApiError('ResourceNotFoundException', `Dashboard ${name} does not exist`, 404);
    return found;
  };
  return {
    PutDashboard: {
      permissions: (input: { DashboardName: string }) => on('PutDashboard', [input.DashboardName]),
      handle(input: { DashboardName: string; DashboardBody: string }) {
        dashboards.set(input.DashboardName, input.DashboardBody);
        return { DashboardValidationMessages: [] };
      },
    },
    GetDashboard: {
      permissions: (input: { DashboardName: string }) => on('GetDashboard', [input.DashboardName]),
      handle: ({ DashboardName }: { DashboardName: string }) => ({
        DashboardArn: arnOf(DashboardName),
        DashboardBody: body(DashboardName),
        DashboardName,
      }),
    },
    ListDashboards: {
      permissions: () => on('ListDashboards', ['*']),
      handle: ({ DashboardNamePrefix = '' }: { DashboardNamePrefix?: string }) => ({
        DashboardEntries: [...dashboards]
          .filter(([name]) => name.startsWith(DashboardNamePrefix))
          .map(([name, text]) => ({ DashboardName: name, DashboardArn: arnOf(name), Size: Buffer.byteLength(text) })),
      }),
    },
    DeleteDashboards: {
      permissions: (input: { DashboardNames: readonly string[] }) => on('DeleteDashboards', input.DashboardNames),
      handle(input: { DashboardNames: readonly string[] }) {
        for (const name of input.DashboardNames) body(name);
        for (const name of input.DashboardNames) dashboards.delete(name);
      },
    },
  };
}
