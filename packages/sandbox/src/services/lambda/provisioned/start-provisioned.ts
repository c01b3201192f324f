import type { ServiceContext } from '../../../core/service.ts';
import { createFunctionEnvironment, type FunctionEnvironment } from '../environments/function-environment.ts';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import { INIT_TIMEOUT_MS } from '../lambda-limits.ts';

/** An environment whose init is over; throws where that failed. */
export async function startProvisioned(
  context: ServiceContext,
  configuration: FunctionConfiguration,
  entry: string,
): Promise<FunctionEnvironment> {
  const environment = createFunctionEnvironment({
    context,
    configuration,
    entry,
    initializationType: 'provisioned-concurrency',
  });
  environment.resumeClock();
  const { kind } = await environment.init('init', INIT_TIMEOUT_MS);
  await environment.log.flush();
  if (kind === 'ready') return environment;
  await environment.stop();
  throw new Error(`The init of ${configuration.functionName}:${configuration.version} ended with ${kind}.`);
}
