import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

type ConfigurationChange = Extract<Change, { kind: 'lambda-configuration' }>;

const FIELDS = ['memorySizeMb', 'timeoutS', 'tracing', 'applicationLogLevel'] as const;

/** Memory, timeout, tracing, log level. Only what the change names is read, and so only that is written back. */
export const lambdaConfiguration = (client: LambdaClient): ChangeHands<ConfigurationChange> =>
  fieldByField(configurationHands(client), { fields: FIELDS });

function configurationHands(client: LambdaClient): FieldHands<ConfigurationChange> {
  return {
    async read({ kind, functionName, memorySizeMb, timeoutS, tracing, applicationLogLevel }) {
      const now = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
      return {
        kind,
        functionName,
        ...(memorySizeMb !== undefined && { memorySizeMb: now.MemorySize! }),
        ...(timeoutS !== undefined && { timeoutS: now.Timeout! }),
        ...(tracing !== undefined && { tracing: now.TracingConfig?.Mode ?? 'PassThrough' }),
        ...(applicationLogLevel !== undefined && {
          applicationLogLevel: now.LoggingConfig?.ApplicationLogLevel ?? 'INFO',
        }),
      };
    },
    async write({ functionName, memorySizeMb, timeoutS, tracing, applicationLogLevel }) {
      const update = new UpdateFunctionConfigurationCommand({
        FunctionName: functionName,
        ...(memorySizeMb !== undefined && { MemorySize: memorySizeMb }),
        ...(timeoutS !== undefined && { Timeout: timeoutS }),
        ...(tracing !== undefined && { TracingConfig: { Mode: tracing } }),
        ...(applicationLogLevel !== undefined && {
          LoggingConfig: { LogFormat: 'JSON' as const, ApplicationLogLevel: applicationLogLevel },
        }),
      });
      await client.send(update);
    },
  };
}
