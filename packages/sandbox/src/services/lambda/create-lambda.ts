import type { LambdaPeer } from '../../core/peers.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { invokeOperation } from './api/invoke-operation.ts';
import { lambdaService } from './api/lambda-service.ts';
import { createAsyncQueue } from './asynchronous/async-queue.ts';
import { createCore, type LambdaOptions } from './lambda-core.ts';
import { createLambdaPeer } from './lambda-peer.ts';
import { functionResource } from './resources/function-resource.ts';

/** AWS Lambda: functions run from their packages, each environment an isolated worker of this process. */
export function createLambda(context: ServiceContext, options: LambdaOptions = {}): Emulated<LambdaPeer> {
  const core = createCore(context, options);
  const queue = createAsyncQueue(core);
  let endCrashes: (() => void) | undefined;
  const service = lambdaService({
    operations: { Invoke: invokeOperation(core, queue) },
    resources: { 'AWS::Lambda::Function': functionResource(core) },
    async start() {
      endCrashes = context.faults?.onCrash((accessKeyId) => core.pool.kill(accessKeyId));
    },
    async stop() {
      endCrashes?.();
      await core.pool.stop();
      await core.code.remove();
    },
  });
  return { service, peer: createLambdaPeer(core, queue) };
}
