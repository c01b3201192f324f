import type { ServiceContext } from '../../../core/service.ts';
import { type Exchange, pathWithinStage } from '../gateway/exchange.ts';

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`: what policies are judged on. */
export function routeArn({ region, accountId }: ServiceContext, exchange: Exchange): string {
  const { api, stage, method } = exchange;
  return `arn:aws:execute-api:${region}:${accountId}:${api.apiId}/${stage.stageName}/${method}${pathWithinStage(exchange)}`;
}
