import { LambdaClient } from '@aws-sdk/client-lambda';
import { InputError } from '../input-error.ts';
import { findRunning, isLocal } from '../stacks/running-sandbox.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { regionOf } from './region-of.ts';
import { sandboxClock } from './sandbox-clock.ts';

/** The options by which every command names a deployment, and how it answers. */
export interface DeploymentOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly stage?: string;
  readonly json?: true;
}

/** A deployment that was named, by an endpoint, a region or a stage. */
export interface Deployment {
  readonly client: LambdaClient;
  readonly stage: string;
  /** In a few words, for messages. */
  readonly name: string;
  /** Of AWS; absent where an endpoint was named. */
  readonly region?: string;
  /** Of this machine, where a sandbox may be; absent where AWS or another machine was named. */
  readonly localEndpoint?: string;
}

/** A deployment as it is opened for a command. */
export interface OpenDeployment extends Deployment {
  /** What time it is there, epoch milliseconds: by a sandbox's own clock, else by this machine's. */
  readonly now: () => Promise<number>;
}

/** What is done where the options name a deployment, and where they name none. */
export interface DeploymentUse<T> {
  readonly named: (deployment: OpenDeployment) => Promise<T>;
  readonly unnamed: () => Promise<T>;
}

/** Opens the deployment that the options name, a running `lamplighter up` or one in AWS, for as long as it is used. */
export async function withDeployment<T>(
  options: DeploymentOptions,
  { env, now }: Pick<Terminal, 'env' | 'now'>,
  { named, unnamed }: DeploymentUse<T>,
): Promise<T> {
  const deployment = await openDeployment(options, { env, now });
  if (deployment === undefined) return unnamed();
  try {
    return await named(deployment);
  } finally {
    deployment.client.destroy();
  }
}

/** The options that name the deployment, as they are typed after a command: ` --stage prod --region eu-west-1`. Empty where they name none. */
export const placeOf = ({ stage, region, endpoint }: DeploymentOptions): string =>
  Object.entries({ stage, region, endpoint })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` --${name} ${value}`)
    .join('');

/** For what is in deployments alone: rejects with an {@link InputError} that says so of `things`, which begins its sentence. */
export const onlyDeployed = (things: string) => (): Promise<never> =>
  Promise.reject(
    new InputError('usage', `${things} live in a deployment.`, 'Name it: --endpoint URL, --region R or --stage S.'),
  );

async function openDeployment(
  options: DeploymentOptions,
  { env, now }: Pick<Terminal, 'env' | 'now'>,
): Promise<OpenDeployment | undefined> {
  const endpoint = options.endpoint ?? (env.AWS_ENDPOINT_URL || undefined);
  assertNamed(options);
  if (endpoint === undefined && options.region === undefined && options.stage === undefined) return undefined;
  if (endpoint !== undefined) assertUrl(endpoint);
  const running = endpoint === undefined ? undefined : await findRunning(endpoint);
  const region = await regionOf({ option: options.region, env, running: running?.region });
  const useOwn = running !== undefined && env.AWS_ACCESS_KEY_ID === undefined;
  const client = new LambdaClient({
    region,
    maxAttempts: 2,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(useOwn ? { credentials: running.credentials } : {}),
  });
  const stage = options.stage ?? running?.stage ?? 'dev';
  if (endpoint === undefined) return { client, stage, name: `AWS ${region}`, region, now: async () => now() };
  if (!isLocal(endpoint)) return { client, stage, name: endpoint, now: async () => now() };
  return { client, stage, name: endpoint, localEndpoint: endpoint, now: clockAt(endpoint, now) };
}

/** Asked once. Where nothing answers, the question that follows says so. */
function clockAt(endpoint: string, machine: Terminal['now']): OpenDeployment['now'] {
  let asked: Promise<number> | undefined;
  const ask = async (): Promise<number> => (await sandboxClock(endpoint).catch(() => undefined)) ?? machine();
  return () => {
    asked ??= ask();
    return asked;
  };
}

/** Both stand in names on AWS: a region in that of a host, a stage in that of a function. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/;

function assertNamed({ region, stage }: DeploymentOptions): void {
  for (const [option, value] of Object.entries({ region, stage }))
    if (value !== undefined && !NAME.test(value))
      throw new InputError(
        'usage',
        `--${option} takes a name of letters, digits and hyphens, not ${JSON.stringify(value)}.`,
        option === 'region' ? 'Write --region eu-west-1.' : 'Write --stage prod.',
      );
}

function assertUrl(endpoint: string): void {
  const protocol = URL.canParse(endpoint) ? new URL(endpoint).protocol : undefined;
  if (protocol === 'http:' || protocol === 'https:') return;
  throw new InputError(
    'usage',
    `${endpoint === '' ? 'An empty text' : endpoint} is no address of a deployment.`,
    'Give --endpoint or AWS_ENDPOINT_URL as http://127.0.0.1:4566.',
  );
}
