import { randomUUID } from 'node:crypto';
import { RESERVED_VARIABLES } from '../environments/environment-variables.ts';
import { nodeMajor } from '../environments/function-environment.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { MAX_ENVIRONMENT_VARIABLES_BYTES } from '../lambda-limits.ts';
import { oneOf, wholeNumber } from '../parameter.ts';
import type { ApplicationLogLevel } from '../worker/messages.ts';
import type {
  CodePackage,
  FunctionConfiguration,
  LoggingConfiguration,
  SystemLogLevel,
} from './function-configuration.ts';

/** What CreateFunction, UpdateFunctionConfiguration and `AWS::Lambda::Function` have in common; templates may write numbers as text. */
export interface FunctionSettings {
  readonly Runtime?: string;
  readonly Handler?: string;
  readonly Role?: string;
  readonly Description?: string;
  readonly MemorySize?: number | string;
  readonly Timeout?: number | string;
  readonly EphemeralStorage?: { readonly Size?: number | string };
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string | number | boolean>> };
  readonly Architectures?: readonly string[];
  readonly TracingConfig?: { readonly Mode?: string };
  readonly LoggingConfig?: LoggingSettings;
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  readonly KmsKeyArn?: string;
  readonly KMSKeyArn?: string;
}

interface LoggingSettings {
  readonly LogFormat?: string;
  readonly LogGroup?: string;
  readonly ApplicationLogLevel?: string;
  readonly SystemLogLevel?: string;
}

export interface NewFunction {
  readonly functionName: string;
  readonly settings: FunctionSettings;
  readonly code: CodePackage;
  readonly now: number;
}

/** A function as it is first created, with AWS's defaults: 128 MB, 3 s, x86_64, text logs. */
export function newConfiguration({ functionName, settings, code, now }: NewFunction): FunctionConfiguration {
  const base: FunctionConfiguration = {
    functionName,
    version: '$LATEST',
    description: '',
    runtime: '',
    handler: '',
    roleArn: '',
    memorySizeMb: 128,
    timeoutSeconds: 3,
    ephemeralStorageMb: 512,
    environment: {},
    architecture: 'x86_64',
    tracingMode: 'PassThrough',
    logging: {
      logFormat: 'Text',
      logGroup: `/aws/lambda/${functionName}`,
      applicationLogLevel: 'INFO',
      systemLogLevel: 'INFO',
    },
    code,
    lastModified: now,
    revisionId: randomUUID(),
  };
  return applySettings(base, settings, now);
}

/** The configuration with what `settings` names changed; throws InvalidParameterValueException for what AWS would refuse. */
export function applySettings(
  base: FunctionConfiguration,
  settings: FunctionSettings,
  now: number,
): FunctionConfiguration {
  const { deadLetterTargetArn, kmsKeyArn, ...rest } = base;
  const deadLetter = settings.DeadLetterConfig ? settings.DeadLetterConfig.TargetArn : deadLetterTargetArn;
  const kmsKey = settings.KmsKeyArn ?? settings.KMSKeyArn ?? kmsKeyArn;
  const changed: FunctionConfiguration = {
    ...rest,
    ...codeSettings(base, settings),
    ...sizeSettings(base, settings),
    description: settings.Description ?? base.description,
    environment: settings.Environment ? variables(settings.Environment.Variables ?? {}) : base.environment,
    tracingMode: oneOf('TracingConfig.Mode', settings.TracingConfig?.Mode ?? base.tracingMode, [
      'Active',
      'PassThrough',
    ]),
    logging: settings.LoggingConfig ? logging(base, settings.LoggingConfig) : base.logging,
    lastModified: now,
    revisionId: randomUUID(),
    ...(deadLetter ? { deadLetterTargetArn: deadLetter } : {}),
    ...(kmsKey ? { kmsKeyArn: kmsKey } : {}),
  };
  assertRunnable(changed);
  return changed;
}

function codeSettings(base: FunctionConfiguration, settings: FunctionSettings) {
  return {
    runtime: settings.Runtime ?? base.runtime,
    handler: settings.Handler ?? base.handler,
    roleArn: settings.Role ?? base.roleArn,
    architecture: oneOf('Architectures', settings.Architectures?.[0] ?? base.architecture, ['x86_64', 'arm64']),
  };
}

function sizeSettings(base: FunctionConfiguration, { MemorySize, Timeout, EphemeralStorage }: FunctionSettings) {
  const storage = EphemeralStorage?.Size ?? base.ephemeralStorageMb;
  return {
    memorySizeMb: wholeNumber('MemorySize', MemorySize ?? base.memorySizeMb, [128, 10_240]),
    timeoutSeconds: wholeNumber('Timeout', Timeout ?? base.timeoutSeconds, [1, 900]),
    ephemeralStorageMb: wholeNumber('EphemeralStorage.Size', storage, [512, 10_240]),
  };
}

function assertRunnable({ runtime, handler, roleArn }: FunctionConfiguration): void {
  if (Number.isNaN(nodeMajor(runtime))) {
    throw invalidParameter(`The sandbox runs Node.js functions only, not runtime ${runtime || '(none named)'}.`);
  }
  if (!handler) throw invalidParameter('A function needs a Handler.');
  if (!roleArn.startsWith('arn:')) throw invalidParameter(`Role must be an ARN, not '${roleArn}'.`);
}

function variables(given: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  const reserved = Object.keys(texts).filter((name) => RESERVED_VARIABLES.includes(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided contains ' +
        `reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(texts)) > MAX_ENVIRONMENT_VARIABLES_BYTES) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
    );
  }
  return texts;
}

const APPLICATION_LEVELS: readonly ApplicationLogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const SYSTEM_LEVELS: readonly SystemLogLevel[] = ['DEBUG', 'INFO', 'WARN'];

function logging({ functionName, logging: base }: FunctionConfiguration, given: LoggingSettings): LoggingConfiguration {
  const logFormat = oneOf('LogFormat', given.LogFormat ?? base.logFormat, ['Text', 'JSON']);
  if (logFormat === 'Text' && (given.ApplicationLogLevel || given.SystemLogLevel)) {
    throw invalidParameter('Log level configuration is only supported for JSON log format.');
  }
  return {
    logFormat,
    logGroup: given.LogGroup ?? base.logGroup ?? `/aws/lambda/${functionName}`,
    applicationLogLevel: oneOf(
      'ApplicationLogLevel',
      given.ApplicationLogLevel ?? base.applicationLogLevel,
      APPLICATION_LEVELS,
    ),
    systemLogLevel: oneOf('SystemLogLevel', given.SystemLogLevel ?? base.systemLogLevel, SYSTEM_LEVELS),
  };
}
