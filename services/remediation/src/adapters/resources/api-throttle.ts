import {
  type APIGatewayClient,
  GetStageCommand,
  type PatchOperation,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  type ApiGatewayV2Client,
  GetStageCommand as GetHttpStageCommand,
  UpdateStageCommand as UpdateHttpStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

type ThrottleChange = Extract<Change, { kind: 'api-throttle' }>;

export interface ApiClients {
  readonly http: ApiGatewayV2Client;
  readonly rest: APIGatewayClient;
}

/** The throttle of a whole stage, of an HTTP API or a REST API. */
export function apiThrottle({ http, rest }: ApiClients): ChangeHands<ThrottleChange> {
  const byProtocol = { HTTP: httpThrottle(http), REST: restThrottle(rest) };
  const hands: FieldHands<ThrottleChange> = {
    read: (change) => byProtocol[change.protocol].read(change),
    write: (change) => byProtocol[change.protocol].write(change),
  };
  return fieldByField(hands, { fields: ['rateLimit', 'burstLimit'], isBlock: true });
}

/** The settings of all routes are one block, which is written whole: what else stands in it stays. */
function httpThrottle(client: ApiGatewayV2Client): FieldHands<ThrottleChange> {
  const settingsOf = async ({ apiId, stage }: ThrottleChange) =>
    (await client.send(new GetHttpStageCommand({ ApiId: apiId, StageName: stage }))).DefaultRouteSettings ?? {};
  return {
    async read(change) {
      const { ThrottlingRateLimit, ThrottlingBurstLimit } = await settingsOf(change);
      return { ...change, rateLimit: ThrottlingRateLimit ?? null, burstLimit: ThrottlingBurstLimit ?? null };
    },
    async write(change) {
      const { ThrottlingRateLimit: _rate, ThrottlingBurstLimit: _burst, ...others } = await settingsOf(change);
      const { apiId, stage, rateLimit, burstLimit } = change;
      const DefaultRouteSettings = {
        ...others,
        ...(rateLimit !== null && { ThrottlingRateLimit: rateLimit }),
        ...(burstLimit !== null && { ThrottlingBurstLimit: burstLimit }),
      };
      await client.send(new UpdateHttpStageCommand({ ApiId: apiId, StageName: stage, DefaultRouteSettings }));
    },
  };
}

/** Of every method of a REST stage; -1 stands for no limit. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const ALL_METHODS = '*/*';
const NO_LIMIT = -1;

function restThrottle(client: APIGatewayClient): FieldHands<ThrottleChange> {
  return {
    async read(change) {
      const { apiId: restApiId, stage: stageName } = change;
      const { methodSettings } = await client.send(new GetStageCommand({ restApiId, stageName }));
      const { throttlingRateLimit = NO_LIMIT, throttlingBurstLimit = NO_LIMIT } = methodSettings?.[ALL_METHODS] ?? {};
      return { ...change, rateLimit: limitOf(throttlingRateLimit), burstLimit: limitOf(throttlingBurstLimit) };
    },
    async write({ apiId: restApiId, stage: stageName, rateLimit, burstLimit }) {
      const patchOperations: PatchOperation[] = [
        { op: 'replace', path: `/${ALL_METHODS}/throttling/rateLimit`, value: String(rateLimit ?? NO_LIMIT) },
        { op: 'replace', path: `/${ALL_METHODS}/throttling/burstLimit`, value: String(burstLimit ?? NO_LIMIT) },
      ];
      await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    },
  };
}

const limitOf = (value: number): number | null => (value === NO_LIMIT ? null : value);
