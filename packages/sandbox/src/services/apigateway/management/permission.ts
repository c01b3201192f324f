import type { RestInput } from '../../../core/protocols/rest-operation.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import type { ApiStore } from '../http-api/api-store.ts';

/**
 * `apigateway:GET` on `arn:aws:apigateway:<region>::/apis/<id>/…`: actions are the HTTP methods, resources the paths.
 * Source: Service Authorization Reference, "Amazon API Gateway Management V2".
 */
export const permissionOn =
  ({ context }: ApiStore, method: string, route: string) =>
  ({ path }: RestInput): readonly RequiredPermission[] => [
    {
      action: `apigateway:${method}`,
      resource: `arn:aws:apigateway:${context.region}::${route.replace('/v2', '').replace(/\{(\w+)\}/g, (_, name) => path[name] ?? '')}`,
    },
  ];
