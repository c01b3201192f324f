import { ApiGatewayV2Client, GetIntegrationsCommand, UpdateIntegrationCommand } from '@aws-sdk/client-apigatewayv2';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { House } from './house.ts';

/** Function behind every booking. */
export const BOOKING_FUNCTION = 'reservation-dev-api-change-itineraries';
const ALIAS = 'live';

/**
 * How the booking function is released: each release is a version, and guests reach the one that the alias `live` names. Done by Lambda's and API
 * Gateway's own API, as a team's pipeline does it.
 */
export async function openReleases(house: House) {
  const lambda = house.sandbox.client(LambdaClient);
  const FunctionName = BOOKING_FUNCTION;
  const publish = async (): Promise<string> =>
    (await lambda.send(new PublishVersionCommand({ FunctionName }))).Version!;
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: ALIAS, FunctionVersion: await publish() }));
  await leadGuestsToAlias(house, lambda);
  return {
    /** Publishes what the function's environment calls so, and leads all guests to it. Gives its version. */
    async release(name: string): Promise<string> {
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const Variables = { ...Environment?.Variables, RELEASE: name };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
      const version = await publish();
      await lambda.send(new UpdateAliasCommand({ FunctionName, Name: ALIAS, FunctionVersion: version }));
      return version;
    },
    /** The version that guests reach. */
    async live(): Promise<string> {
      return (await lambda.send(new GetAliasCommand({ FunctionName, Name: ALIAS }))).FunctionVersion!;
    },
  };
}
export type Releases = Awaited<ReturnType<typeof openReleases>>;

async function leadGuestsToAlias({ sandbox, stacks }: House, lambda: LambdaClient): Promise<void> {
  const gateway = sandbox.client(ApiGatewayV2Client);
  const ApiId = stacks.get('reservation')!.resources.HttpApi!.physicalId;
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: BOOKING_FUNCTION,
      Qualifier: ALIAS,
      StatementId: 'guests',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${sandbox.region}:${sandbox.accountId}:${ApiId}/*`,
    }),
  );
  const { Items = [] } = await gateway.send(new GetIntegrationsCommand({ ApiId, MaxResults: '100' }));
  const arn = `arn:aws:lambda:${sandbox.region}:${sandbox.accountId}:function:${BOOKING_FUNCTION}`;
  for (const { IntegrationId, IntegrationUri = '' } of Items) {
    if (!IntegrationUri.includes(arn)) continue;
    const toAlias = IntegrationUri.replace(arn, `${arn}:${ALIAS}`);
    await gateway.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri: toAlias }));
  }
}
