import type { TemporaryCredentials } from '../../iam/iam-peer.ts';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import type { InitializationType } from '../platform-log/platform-log.ts';

export interface VariableSources {
  readonly configuration: FunctionConfiguration;
  readonly credentials: TemporaryCredentials;
  readonly region: string;
  readonly endpoint: string;
  readonly logStream: string;
  /** `127.0.0.1:PORT` */
  readonly daemonAddress: string;
  readonly initializationType: InitializationType;
}

/**
 * The process environment of an execution environment: the function's own variables exactly, and those that Lambda sets
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime), plus the sandbox's endpoint.
 */
export function environmentVariables(sources: VariableSources): Record<string, string> {
  const { configuration, credentials, region, endpoint, logStream } = sources;
  return {
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_ENDPOINT_URL: endpoint,
    ...configuration.environment,
    _HANDLER: configuration.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: configuration.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: configuration.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: sources.initializationType,
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logging.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: configuration.logging.logFormat,
    ...(configuration.logging.logFormat === 'JSON'
      ? { AWS_LAMBDA_LOG_LEVEL: configuration.logging.applicationLogLevel }
      : {}),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: sources.daemonAddress,
    _AWS_XRAY_DAEMON_ADDRESS: sources.daemonAddress.split(':')[0] ?? '',
    _AWS_XRAY_DAEMON_PORT: sources.daemonAddress.split(':')[1] ?? '',
    LAMBDA_TASK_ROOT: configuration.code.directory,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  };
}

/** Variables a function may not set itself; `TZ` and others not listed may be overridden. Source: as above. */
export const RESERVED_VARIABLES: readonly string[] = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
];
