import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ServiceError } from '../runtime/service-error.ts';

/** What the command of faults does to a stage that runs. */
export function stageControls(stage: string) {
  const ssm = new SSMClient({});
  const lambda = new LambdaClient({});
  const parameter = `/reservation/${stage}/faults`;
  const nameOf = (name: string): string => `reservation-${stage}-${name}`;
  return {
    async faults(): Promise<unknown> {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
      return JSON.parse(Parameter?.Value ?? '{}');
    },

    async setFaults(faults: object): Promise<object> {
      await ssm.send(new PutParameterCommand({ Name: parameter, Value: JSON.stringify(faults), Overwrite: true }));
      return faults;
    },

    /** Another environment variable is another configuration: every execution environment begins anew. */
    async changeEnvironment(name: string, changed: Readonly<Record<string, string>>): Promise<string> {
      const FunctionName = nameOf(name);
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const Variables = { ...Environment?.Variables, ...changed };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
      return FunctionName;
    },

    /** Throws what the function says. */
    async stressDatabase(order: object): Promise<unknown> {
      const Payload = JSON.stringify(order);
      const answer = await lambda.send(new InvokeCommand({ FunctionName: nameOf('stress-database'), Payload }));
      const said = JSON.parse(Buffer.from(answer.Payload!).toString()) as { errorType?: string; errorMessage?: string };
      if (answer.FunctionError)
        throw new ServiceError(said.errorType ?? answer.FunctionError, said.errorMessage ?? 'It failed.');
      return said;
    },
  };
}
