import { type ApiGatewayV2Client, GetStageCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** What an account's APIs share where a stage has no limit of its own: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT_RATE = 10_000;
const ACCOUNT_BURST = 5_000;

/** The throttle of a stage of an HTTP API. */
export function apiThrottle(client: ApiGatewayV2Client): ChangeHands<Extract<Change, { kind: 'api-throttle' }>> {
  return {
    async read({ kind, apiId, stage }) {
      const { DefaultRouteSettings } = await client.send(new GetStageCommand({ ApiId: apiId, StageName: stage }));
      const rateLimit = DefaultRouteSettings?.ThrottlingRateLimit ?? ACCOUNT_RATE;
      return { kind, apiId, stage, rateLimit, burstLimit: DefaultRouteSettings?.ThrottlingBurstLimit ?? ACCOUNT_BURST };
    },
    async write({ apiId, stage, rateLimit, burstLimit }) {
      const DefaultRouteSettings = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
      await client.send(new UpdateStageCommand({ ApiId: apiId, StageName: stage, DefaultRouteSettings }));
    },
  };
}
