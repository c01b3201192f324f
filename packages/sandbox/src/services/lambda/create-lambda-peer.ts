import { randomUUID } from 'node:crypto';
import type { AsyncQueue } from './asynchronous/async-queue.ts';
import { assertServiceMayInvoke } from './functions/function-policy.ts';
import type { FunctionTarget } from './functions/function-store.ts';
import { invokeFunction } from './invocation/invoke-function.ts';
import { parsePayload } from './invocation/payload.ts';
import type { LambdaCore } from './lambda-core.ts';
import { MAX_ASYNC_PAYLOAD_BYTES, MAX_SYNC_PAYLOAD_BYTES } from './lambda-limits.ts';
import type { InvokeRequest, LambdaPeer } from './lambda-peer.ts';
import { checkedProvisioning } from './provisioned/put-provisioned.ts';

/** What Lambda does for the other services: invocations, each judged by role or by the function's policy. */
export function createLambdaPeer(core: LambdaCore, queue: AsyncQueue): LambdaPeer {
  const admit = ({ functionName, principal }: Pick<InvokeRequest, 'functionName' | 'principal'>): FunctionTarget => {
    const target = core.functions.resolve(functionName);
    if (principal.kind === 'service') assertServiceMayInvoke(target, principal);
    else core.context.peers.iam.assertRoleAllows(principal.roleArn, 'lambda:InvokeFunction', target.arn);
    return target;
  };
  return {
    provisionedConcurrency(functionName, qualifier) {
      const allocation = core.provisioned.get(functionName, qualifier);
      return { requested: allocation?.requested ?? 0, utilisation: allocation?.set?.takePeakUtilisation() };
    },
    setProvisionedConcurrency(functionName, qualifier, count) {
      const target = core.functions.resolve(functionName, qualifier);
      if (count > 0) core.provisioned.put(target.record, qualifier, checkedProvisioning(core, target, count));
      else core.context.track(core.provisioned.remove(functionName, qualifier)).catch(core.context.report);
    },
    assertInvokable: (functionName, principal) => void admit({ functionName, principal }),
    async invoke(request) {
      const target = admit(request);
      const payload = parsePayload(request.payload, MAX_SYNC_PAYLOAD_BYTES);
      const { traceHeader } = request;
      return invokeFunction(
        { target, requestId: randomUUID(), payload, ...(traceHeader ? { traceHeader } : {}) },
        core,
      );
    },
    async invokeAsync(request) {
      queue.accept(admit(request), parsePayload(request.payload, MAX_ASYNC_PAYLOAD_BYTES), request.traceHeader);
    },
  };
}
