import type { Emulated, ServiceContext } from '../../core/service.ts';
import { concurrencyOperations } from './api/concurrency-operations.ts';
import { functionOperations } from './api/function-operations.ts';
import { invokeConfigOperations } from './api/invoke-config-operations.ts';
import { invokeOperation } from './api/invoke-operation.ts';
import { lambdaService } from './api/lambda-service.ts';
import { mappingOperations } from './api/mapping-operations.ts';
import { policyOperations } from './api/policy-operations.ts';
import { provisionedOperations } from './api/provisioned-operations.ts';
import { recursionOperations } from './api/recursion-operations.ts';
import { tagOperations } from './api/tag-operations.ts';
import { tellingChanges } from './api/tell-changes.ts';
import { versionOperations } from './api/version-operations.ts';
import { createAsyncQueue } from './asynchronous/async-queue.ts';
import { createLambdaPeer } from './create-lambda-peer.ts';
import { MappingStore } from './event-sources/mapping-store.ts';
import { createCore, type LambdaOptions } from './lambda-core.ts';
import type { LambdaPeer } from './lambda-peer.ts';
import { functionResource } from './resources/function-resource.ts';
import { eventInvokeConfigResource, permissionResource } from './resources/invocation-resources.ts';
import { mappingResource } from './resources/mapping-resource.ts';
import { aliasResource, versionResource } from './resources/version-resources.ts';

/** AWS Lambda: functions run from their packages, each environment an isolated worker of this process. */
export function createLambda(context: ServiceContext, options: LambdaOptions = {}): Emulated<LambdaPeer> {
  const core = createCore(context, { ...context.settings?.lambda, ...options });
  const queue = createAsyncQueue(core);
  const mappings = new MappingStore(core);
  let endCrashes: (() => void) | undefined;
  const service = lambdaService({
    operations: {
      Invoke: invokeOperation(core, queue),
      ...tellingChanges(
        { ...functionOperations(core), ...versionOperations(core), ...concurrencyOperations(core) },
        context,
      ),
      ...provisionedOperations(core),
      ...recursionOperations(core),
      ...policyOperations(core),
      ...invokeConfigOperations(core),
      ...mappingOperations(core, mappings),
      ...tagOperations(core),
    },
    resources: {
      'AWS::Lambda::Function': functionResource(core),
      'AWS::Lambda::Version': versionResource(core),
      'AWS::Lambda::Alias': aliasResource(core),
      'AWS::Lambda::Permission': permissionResource(core),
      'AWS::Lambda::EventInvokeConfig': eventInvokeConfigResource(core),
      'AWS::Lambda::EventSourceMapping': mappingResource(core, mappings),
    },
    async start() {
      endCrashes = context.faults?.onCrash(
        (accessKeyId) => core.pool.kill(accessKeyId) || core.provisioned.kill(accessKeyId),
      );
    },
    async stop() {
      endCrashes?.();
      queue.stop();
      mappings.stop();
      await core.provisioned.stop();
      await core.pool.stop();
      await core.code.remove();
    },
  });
  return { service, peer: createLambdaPeer(core, queue) };
}
