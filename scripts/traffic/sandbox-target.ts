import { join } from 'node:path';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Sandbox } from '../../packages/sandbox/src/index.ts';
import { packageService } from '../../packages/sandbox/src/packaging/index.ts';
import { startTokenIssuer, type TokenIssuer, type TokenWish } from './issue-tokens.ts';
import type { TrafficTarget } from './traffic-target.ts';

/** The sample in a sandbox, with an identity provider of its own. */
export interface SandboxTarget extends TrafficTarget, AsyncDisposable {
  readonly issuer: TokenIssuer;
  /** A token that says whatever is wished. */
  readonly tokenFor: (wish: Partial<TokenWish>) => Promise<string>;
  stop(): Promise<void>;
}

const SERVICE = 'services/reservation';
const PREFIX = 'reservation-dev';
const REGION = 'us-east-1';
const SCOPE = 'itinerary:read itinerary:search itinerary:write';
const PROPERTIES = Array.from({ length: 40 }, (_, index) => `P${1001 + index}`);
/** People whose apps ask at the same time: each has a token of its own, which API Gateway's authorizer sees once in five minutes. */
const CALLERS = 20;
const REFRESH_MS = 1_800_000;

export interface SandboxTargetOptions {
  /** The repository. */
  readonly repository: string;
  /** Called between the steps, each a sentence. */
  readonly onStep?: (step: string) => void;
}

/** Packages and deploys the reservation service into a sandbox, makes its tables, and lets it take the tokens of an issuer on this machine. */
export async function startSandboxTarget(
  sandbox: Sandbox,
  { repository, onStep = () => {} }: SandboxTargetOptions,
): Promise<SandboxTarget> {
  onStep('Packaging the reservation service');
  const packaged = await packageService({ stage: 'dev', region: REGION, serviceDir: join(repository, SERVICE) });
  onStep('Deploying the reservation service');
  await sandbox.deploy(packaged.directory);
  return connectSandboxTarget(sandbox, { onStep });
}

/** The same for a sandbox that has the service already. */
export async function connectSandboxTarget(
  sandbox: Sandbox,
  { onStep = () => {} }: Pick<SandboxTargetOptions, 'onStep'> = {},
): Promise<SandboxTarget> {
  const now = (): number => sandbox.clock.now();
  const issuer = await startTokenIssuer(now);
  const tokenFor = ({ subject = 'traffic', scope = SCOPE, properties = PROPERTIES }: Partial<TokenWish>) =>
    issuer.issue({ subject, scope, properties });
  await trustIssuer(sandbox, issuer);
  onStep('Making the tables of the database');
  await migrate(sandbox);
  const kinesis = sandbox.client(KinesisClient);
  const stop = async (): Promise<void> => {
    kinesis.destroy();
    await issuer.stop();
  };
  return {
    apiUrl: sandbox.reachable(String(sandbox.stack(PREFIX).outputs.HttpApiUrl)),
    properties: PROPERTIES,
    token: callersInTurn(tokenFor, now),
    tokenFor,
    issuer,
    sendMessage: async ({ xml, confirmation }) => {
      const record = { StreamName: `${PREFIX}-messages`, PartitionKey: confirmation, Data: Buffer.from(xml) };
      await kinesis.send(new PutRecordCommand(record));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The tokens of some callers, one after another, renewed before they expire. */
function callersInTurn(tokenFor: SandboxTarget['tokenFor'], now: () => number): () => Promise<string> {
  const tokens = new Map<number, { readonly token: Promise<string>; readonly issuedAt: number }>();
  let turn = 0;
  return () => {
    turn = (turn + 1) % CALLERS;
    const known = tokens.get(turn);
    if (known && now() - known.issuedAt < REFRESH_MS) return known.token;
    const token = tokenFor({ subject: `caller-${turn}` });
    tokens.set(turn, { token, issuedAt: now() });
    return token;
  };
}

/** The issuer's port is not known when the service is packaged. */
async function trustIssuer(sandbox: Sandbox, { issuer, audience, jwksUrl }: TokenIssuer): Promise<void> {
  const lambda = sandbox.client(LambdaClient);
  const FunctionName = `${PREFIX}-authorize-mobile`;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const own = {
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: audience,
    OIDC_JWKS_URL: jwksUrl,
    OIDC_PROPERTIES_CLAIM: 'properties',
  };
  const Variables = { ...Environment?.Variables, ...own };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}

/** @throws Error with what the function said */
async function migrate(sandbox: Sandbox): Promise<void> {
  const lambda = sandbox.client(LambdaClient);
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: `${PREFIX}-migrate-database`, Payload: '{}' }),
  );
  if (FunctionError)
    throw new Error(`The database's tables could not be made: ${Buffer.from(Payload ?? []).toString()}`);
}
