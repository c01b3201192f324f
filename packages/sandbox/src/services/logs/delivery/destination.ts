import { createHash, randomUUID } from 'node:crypto';
import type { Principal } from '../../../core/peers.ts';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { controlMessage } from './payload.ts';

export type Distribution = 'Random' | 'ByLogStream';

/** Where a subscription sends its payloads. */
export interface Destination {
  readonly type: 'Lambda' | 'Kinesis' | 'Firehose';
  readonly arn: string;
  readonly roleArn?: string;
  readonly distribution: Distribution;
  /** Largest gzip payload it takes, in bytes. */
  readonly maxPayloadBytes: number;
  /** The check that AWS makes when a filter is put. Throws `InvalidParameterException`. */
  verify(): Promise<void>;
  send(payload: Buffer, from: { logGroupArn: string; logStream: string }): Promise<void>;
}

export interface DestinationSettings {
  readonly destinationArn: string;
  readonly roleArn?: string | undefined;
  readonly distribution?: Distribution | undefined;
  /** ARN of the log group that is subscribed, or of all of them. */
  readonly sourceArn: string;
}

const MIB = 1_048_576;

/** Opens a destination by its ARN. Throws `InvalidParameterException` for one that cannot be a destination, or that the sandbox lacks. */
export function openDestination(context: ServiceContext, settings: DestinationSettings): Destination {
  const service = settings.destinationArn.split(':')[2];
  if (service === 'lambda') return lambdaDestination(context, settings);
  if (service === 'kinesis') return kinesisDestination(context, settings);
  if (service === 'firehose') return firehoseDestination(context, settings);
  if (service === 'logs')
    throw invalid('The sandbox does not emulate cross-account logical destinations (arn:aws:logs:…:destination).');
  throw invalid(`destinationArn is not a valid destination: ${settings.destinationArn}`);
}

/** As {@link Principal}: a permission may name the service with or without its Region; AWS takes both. */
function lambdaDestination(context: ServiceContext, settings: DestinationSettings): Destination {
  const { destinationArn: arn, roleArn } = settings;
  if (roleArn) throw invalid('destinationArn for vendor lambda cannot be used with roleArn');
  const asEither = async (sourceArn: string, act: (principal: Principal) => Promise<void> | void): Promise<void> => {
    const principal = (service: string): Principal => ({
      kind: 'service',
      service,
      sourceArn,
      sourceAccount: context.accountId,
    });
    try {
      await act(principal('logs.amazonaws.com'));
    } catch (error) {
      if (!(error instanceof ApiError) || !error.code.startsWith('AccessDenied')) throw error;
      await act(principal(`logs.${context.region}.amazonaws.com`));
    }
  };
  return {
    type: 'Lambda',
    arn,
    distribution: settings.distribution ?? 'ByLogStream',
    // An asynchronous invocation takes 1 MiB (since 2025-10); the payload travels as base64 inside {"awslogs":{"data":"…"}}.
    maxPayloadBytes: Math.floor(((MIB - 64) * 3) / 4),
    verify: () =>
      asEither(`${settings.sourceArn}:*`, (principal) => context.peers.lambda.assertInvokable(arn, principal)).catch(
        (cause) => {
          throw invalid(
            'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
            cause,
          );
        },
      ),
    send: (payload, from) => {
      const body = Buffer.from(JSON.stringify({ awslogs: { data: payload.toString('base64') } }));
      return asEither(`${from.logGroupArn}:*`, (principal) =>
        context.peers.lambda.invokeAsync({ functionName: arn, payload: body, principal }),
      );
    },
  };
}

function kinesisDestination(context: ServiceContext, settings: DestinationSettings): Destination {
  const roleArn = requireRole(settings, 'kinesis');
  const { destinationArn: arn, distribution = 'ByLogStream' } = settings;
  const put = async (payload: Buffer, logStream: string): Promise<void> => {
    context.peers.iam.assertRoleAllows(roleArn, 'kinesis:PutRecord', arn);
    await context.peers.kinesis.putRecord(arn, payload, distribution === 'Random' ? randomUUID() : md5(logStream));
  };
  return {
    type: 'Kinesis',
    arn,
    roleArn,
    distribution,
    maxPayloadBytes: MIB - 256,
    verify: () => testMessage(context, 'Kinesis', roleArn, put),
    send: (payload, from) => put(payload, from.logStream),
  };
}

function firehoseDestination(context: ServiceContext, settings: DestinationSettings): Destination {
  const roleArn = requireRole(settings, 'firehose');
  const arn = settings.destinationArn;
  const put = async (payload: Buffer): Promise<void> => {
    context.peers.iam.assertRoleAllows(roleArn, 'firehose:PutRecord', arn);
    await context.peers.firehose.put(arn, payload);
  };
  return {
    type: 'Firehose',
    arn,
    roleArn,
    distribution: settings.distribution ?? 'ByLogStream',
    maxPayloadBytes: 1_000 * 1024,
    verify: () => testMessage(context, 'Firehose', roleArn, put),
    send: put,
  };
}

function requireRole({ roleArn }: DestinationSettings, vendor: string): string {
  if (!roleArn) throw invalid(`destinationArn for vendor ${vendor} cannot be used without roleArn`);
  return roleArn;
}

/** A filter is accepted only once a control message has arrived. Its text is AWS's for Firehose; for Kinesis it is of the same form. */
async function testMessage(
  context: ServiceContext,
  type: 'Kinesis' | 'Firehose',
  roleArn: string,
  put: (payload: Buffer, logStream: string) => Promise<void>,
): Promise<void> {
  try {
    context.peers.iam.assertServiceMayAssume(roleArn, 'logs.amazonaws.com', {
      'aws:SourceArn': `arn:aws:logs:${context.region}:${context.accountId}:log-group:*`,
    });
    await put(controlMessage(context.clock.now(), type), '');
  } catch (cause) {
    throw invalid(
      `Could not deliver test message to specified ${type} stream. Check if the given ${type} stream is in ACTIVE state.`,
      cause,
    );
  }
}

function invalid(message: string, cause?: unknown): ApiError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return Object.assign(new ApiError('InvalidParameterException', `${message}${reason}`), cause ? { cause } : {});
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
