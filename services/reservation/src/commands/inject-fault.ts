/**
 * `pnpm --filter @lamplighter/service-reservation fault [--stage dev] '<JSON>' | clear | restart FUNCTION... | release NAME FUNCTION... | database ACTION [ROWS] [--of payments]`
 *
 * Sets, lifts and shows injected faults of a stage that runs, without a deploy. Exit code 0 done, 2 refused.
 */
import { parseArgs } from 'node:util';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { PROTECTED_STAGE } from '../runtime/faults/faults-schema.ts';
import { orderedFaults } from '../runtime/faults/order.ts';
import { ServiceError } from '../runtime/service-error.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stage: { type: 'string', default: 'dev' }, of: { type: 'string' } },
});
const { stage } = values;
const [verb = '{}', ...rest] = positionals;
const parameter = `/reservation/${stage}/faults`;
const ssm = new SSMClient({});
const lambda = new LambdaClient({});

try {
  if (stage === PROTECTED_STAGE) orderedFaults(stage, {}, {});
  console.log(JSON.stringify(await obey()));
} catch (error) {
  if (!(error instanceof ServiceError || error instanceof SyntaxError)) throw error;
  console.error(error instanceof ServiceError ? `${error.code}: ${error.message}` : `FAULTS_INVALID: ${error.message}`);
  process.exitCode = 2;
}

async function obey(): Promise<unknown> {
  if (verb === 'clear') return setFaults({});
  if (verb === 'restart')
    return Promise.all(rest.map((name) => changeEnvironment(name, { RESTARTED: new Date().toISOString() })));
  if (verb === 'release')
    return Promise.all(rest.slice(1).map((name) => changeEnvironment(name, { RELEASE: rest[0]! })));
  if (verb === 'database')
    return stressDatabase({
      action: rest[0],
      ...(rest[1] && { rows: Number(rest[1]) }),
      ...(values.of && { of: values.of }),
    });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
  return setFaults(orderedFaults(stage, JSON.parse(Parameter?.Value ?? '{}'), JSON.parse(verb)));
}

async function setFaults(faults: object): Promise<object> {
  await ssm.send(new PutParameterCommand({ Name: parameter, Value: JSON.stringify(faults), Overwrite: true }));
  return faults;
}

/** Another environment variable is another configuration: every execution environment begins anew. */
async function changeEnvironment(name: string, changed: Readonly<Record<string, string>>): Promise<string> {
  const FunctionName = `reservation-${stage}-${name}`;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, ...changed };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  return FunctionName;
}

async function stressDatabase(order: object): Promise<unknown> {
  const FunctionName = `reservation-${stage}-stress-database`;
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(order) }),
  );
  const answer = JSON.parse(Buffer.from(Payload!).toString()) as { errorType?: string; errorMessage?: string };
  if (FunctionError) throw new ServiceError(answer.errorType ?? FunctionError, answer.errorMessage ?? 'It failed.');
  return answer;
}
