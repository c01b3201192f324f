import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type DeployedReservation, startReservation } from '../deployed-reservation.ts';
import { type ApiIssuer, AUDIENCE, startApiIssuer, type TokenWish } from './api-issuer.ts';
import { type RawAnswer, type RawRequest, type Signing, send, signed } from './api-requests.ts';

/** Strings that may be found nowhere but where they belong. */
export const PLANTED = {
  givenName: 'Zebulon',
  surname: 'Quartermain',
  email: 'zq.planted@example.com',
  phone: '+12025550199',
  loyalty: 'PLANT0001',
  card: '4242424242424242',
} as const;

export const bookingBody = (changes: object = {}) => ({
  property: 'P1001',
  arrival: '2027-08-03',
  departure: '2027-08-05',
  roomStays: [{ roomType: 'KNG', adults: 2 }],
  guests: [
    {
      givenName: PLANTED.givenName,
      surname: PLANTED.surname,
      email: PLANTED.email,
      phones: [PLANTED.phone],
      loyalty: [{ number: PLANTED.loyalty }],
    },
  ],
  payment: { card: { number: PLANTED.card, expires: '1228' }, amount: '411.00', currency: 'USD' },
  ...changes,
});

const ROLE_NAMES = ['partner', 'stranger', 'powerless'] as const;
type RoleName = (typeof ROLE_NAMES)[number];

/** The service with an identity provider, a partner (`partner`), a role that is none (`stranger`), and one that may call nothing. */
export async function startApi() {
  const reservation = await startReservation();
  const { sandbox, clock, stack } = reservation;
  const issuer = await startApiIssuer(() => clock.now());
  await trust(reservation, issuer);
  const address = { endpoint: sandbox.endpoint, host: `${stack.outputs.HttpApiId}.execute-api.us-east-1.localhost` };
  const roles = await createRoles(reservation);
  await enterPartner(reservation, roles.partner);
  const bearer = async (wish?: TokenWish) => ({ authorization: `Bearer ${await issuer.sign(wish)}` });
  const ask = (request: RawRequest): Promise<RawAnswer> => send(address, request);
  const credentialsOf = (role: RoleName) => sandbox.iam.issueCredentials(roles[role], 'test');
  return {
    ...reservation,
    issuer,
    address,
    bearer,
    ask,
    credentialsOf,
    /** A request of the mobile API by somebody with a good token. */
    mobile: async (
      { headers, body, ...request }: Omit<RawRequest, 'body'> & { readonly body?: unknown },
      wish?: TokenWish,
    ) =>
      ask({
        ...request,
        path: `/mobile/v1${request.path}`,
        headers: {
          ...(await bearer(wish)),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    /** A signed request of the partners' API. */
    sign: (request: RawRequest, signing: Partial<Signing> = {}) =>
      signed(address, request, { credentials: credentialsOf('partner'), date: new Date(clock.now()), ...signing }),
    /** Everything that any function or gateway wrote into any log. */
    logs: async (): Promise<string> => {
      await reservation.settle(0);
      return allLogs(sandbox.client(CloudWatchLogsClient));
    },
    async stop() {
      await reservation.stop();
      await issuer.stop();
    },
  };
}
export type DeployedApi = Awaited<ReturnType<typeof startApi>>;

async function trust({ sandbox }: DeployedReservation, { issuer, jwksUrl }: ApiIssuer): Promise<void> {
  const lambda = sandbox.client(LambdaClient);
  const FunctionName = 'reservation-dev-authorize-mobile';
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const own = {
    OIDC_ISSUER: issuer,
    OIDC_JWKS_URL: jwksUrl,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_PROPERTIES_CLAIM: 'properties',
  };
  const Variables = { ...Environment?.Variables, ...own };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}

async function createRoles({ sandbox }: DeployedReservation): Promise<Readonly<Record<RoleName, string>>> {
  const roleOf = (name: RoleName) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
      Policies: [
        {
          PolicyName: 'own',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: name === 'powerless' ? 'Deny' : 'Allow', Action: 'execute-api:Invoke', Resource: '*' },
            ],
          },
        },
      ],
    },
  });
  const Resources = Object.fromEntries(ROLE_NAMES.map((name) => [name, roleOf(name)]));
  await sandbox.deployTemplate({ stackName: 'callers', template: { Resources } });
  const entries = ROLE_NAMES.map((name) => [name, `arn:aws:iam::${sandbox.accountId}:role/${name}`]);
  return Object.fromEntries(entries) as Record<RoleName, string>;
}

async function enterPartner({ sandbox }: DeployedReservation, arn: string): Promise<void> {
  const partner = {
    name: 'acme',
    scopes: ['itinerary:read', 'itinerary:search', 'itinerary:write'],
    properties: ['P1001'],
  };
  const Item = marshall({ pk: `PARTNER#${arn}`, ...partner });
  await sandbox.client(DynamoDBClient).send(new PutItemCommand({ TableName: 'reservation-dev-partners', Item }));
}

async function allLogs(client: CloudWatchLogsClient): Promise<string> {
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
  const messages: string[] = [];
  for (const { logGroupName } of logGroups) {
    const pages = paginateFilterLogEvents({ client }, { logGroupName: logGroupName! });
    for await (const { events = [] } of pages) messages.push(...events.map(({ message }) => message ?? ''));
  }
  return messages.join('\n');
}
