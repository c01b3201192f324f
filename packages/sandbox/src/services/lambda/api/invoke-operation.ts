import { randomUUID } from 'node:crypto';
import type { RestOperation, RestRequest } from '../../../core/protocols/rest-operation.ts';
import type { Caller, WireResponse } from '../../../core/service.ts';
import type { AsyncQueue } from '../asynchronous/async-queue.ts';
import type { FunctionTarget } from '../functions/function-store.ts';
import { invokeFunction } from '../invocation/invoke-function.ts';
import { parsePayload } from '../invocation/payload.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { MAX_ASYNC_PAYLOAD_BYTES, MAX_SYNC_PAYLOAD_BYTES } from '../lambda-limits.ts';
import { functionPermission, targetOf } from './target.ts';

/** LogType=Tail shows the last 4 KB of the invocation's log. */
const TAIL_BYTES = 4_096;

/** Invoke: RequestResponse, Event and DryRun. */
export function invokeOperation(core: LambdaCore, queue: AsyncQueue): RestOperation {
  return {
    method: 'POST',
    route: '/2015-03-31/functions/{FunctionName}/invocations',
    isRawBody: true,
    permissions: (input) => functionPermission(core, 'lambda:InvokeFunction', input),
    async handle(request) {
      const target = targetOf(core, request.input);
      const type = request.wire.headers['x-amz-invocation-type'] ?? 'RequestResponse';
      switch (type) {
        case 'DryRun':
          return { status: 204 };
        case 'Event': {
          const payload = parsePayload(request.wire.body, MAX_ASYNC_PAYLOAD_BYTES);
          const requestId = queue.accept(target, payload, request.wire.headers['x-amzn-trace-id']);
          return { status: 202, headers: { 'x-amzn-requestid': requestId } };
        }
        case 'RequestResponse':
          return answer(core, target, request);
        default:
          throw invalidParameter(`Value '${type}' at 'invocationType' failed to satisfy enum value set.`);
      }
    },
  };
}

/** A state machine holds no place, but a function may be waiting for it. */
function patienceOf({ pool, provisioned }: LambdaCore, { roleArn, accessKeyId }: Caller) {
  if (roleArn === undefined) return 'place';
  return pool.holds(accessKeyId) || provisioned.holds(accessKeyId) ? 'nothing' : 'start';
}

async function answer(core: LambdaCore, target: FunctionTarget, { wire, caller }: RestRequest): Promise<WireResponse> {
  const traceHeader = wire.headers['x-amzn-trace-id'];
  const clientContext = wire.headers['x-amz-client-context'];
  const result = await invokeFunction(
    {
      target,
      requestId: randomUUID(),
      payload: parsePayload(wire.body, MAX_SYNC_PAYLOAD_BYTES),
      waitsFor: patienceOf(core, caller),
      ...(traceHeader ? { traceHeader } : {}),
      ...(clientContext ? { clientContext } : {}),
    },
    core,
  );
  const tail = Buffer.from(result.tail).subarray(-TAIL_BYTES).toString('base64');
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': result.requestId,
      'x-amz-executed-version': result.executedVersion,
      ...(result.functionError ? { 'x-amz-function-error': result.functionError } : {}),
      ...(wire.headers['x-amz-log-type'] === 'Tail' ? { 'x-amz-log-result': tail } : {}),
    },
    body: result.payload,
  };
}
