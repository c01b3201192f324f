import { randomBytes } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import type { TraceSegment } from '../../xray/segment.ts';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import type { Tracing } from '../platform-log/platform-log.ts';

/** One traced invocation, over. */
export interface TracedInvocation {
  readonly configuration: FunctionConfiguration;
  /** With the qualifier as asked. */
  readonly functionArn: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly tracing: Tracing;
  /** The caller's `X-Amzn-Trace-Id`. */
  readonly incoming: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly initDurationMs: number | undefined;
  readonly endedAt: number;
  readonly isFunctionError: boolean;
  /** JSON text of the answer, which tells the error. */
  readonly payload: string;
}

export type PutSegments = (roleArn: string, segments: readonly TraceSegment[]) => void;

/** Hands segments to X-Ray as the function's role, which needs leave for that. A sandbox without X-Ray has none. */
export function segmentSender({ peers }: ServiceContext): PutSegments {
  return (roleArn, segments) => {
    if (!('xray' in peers) || !mayTrace(peers, roleArn)) return;
    for (const segment of segments) peers.xray.put(segment);
  };
}

/** Without leave Lambda traces nothing, and says nothing. */
function mayTrace({ iam }: ServiceContext['peers'], roleArn: string): boolean {
  try {
    iam.assertRoleAllows(roleArn, 'xray:PutTraceSegments', '*');
    return true;
  } catch {
    return false;
  }
}

/**
 * The two segments that Lambda itself writes: of the service (`AWS::Lambda`) and of the function's work (`AWS::Lambda::Function`), which has
 * the id that the function sees as its parent. Source: Lambda Developer Guide, "Visualize Lambda function invocations using AWS X-Ray".
 */
export function traceSegments(invocation: TracedInvocation): readonly TraceSegment[] {
  const { configuration, tracing, startedAt, durationMs, initDurationMs = 0, endedAt, requestId } = invocation;
  const serviceId = newId();
  const parent = /(?:^|;)Parent=([0-9a-f]{16})/.exec(invocation.incoming ?? '')?.[1];
  const common = { trace_id: tracing.traceId, name: configuration.functionName, resource_arn: invocation.functionArn };
  const lastMs = Math.max(endedAt, startedAt + durationMs);
  return [
    {
      ...common,
      id: serviceId,
      ...(parent === undefined ? {} : { parent_id: parent }),
      origin: 'AWS::Lambda',
      start_time: (startedAt - initDurationMs) / 1000,
      end_time: lastMs / 1000,
      http: { response: { status: 200 } },
      aws: { request_id: requestId },
    },
    {
      ...common,
      id: tracing.segmentId,
      parent_id: serviceId,
      origin: 'AWS::Lambda::Function',
      start_time: startedAt / 1000,
      end_time: lastMs / 1000,
      aws: {
        account_id: invocation.accountId,
        function_arn: invocation.functionArn,
        request_id: requestId,
        resource_names: [configuration.functionName],
      },
      ...(invocation.isFunctionError ? { fault: true, cause: causeOf(invocation) } : {}),
      subsegments: phases(invocation, lastMs),
    },
  ];
}

function phases({ startedAt, durationMs, initDurationMs }: TracedInvocation, lastMs: number) {
  const phase = (name: string, fromMs: number, toMs: number) => ({
    id: newId(),
    name,
    start_time: fromMs / 1000,
    end_time: toMs / 1000,
  });
  return [
    ...(initDurationMs === undefined ? [] : [phase('Initialization', startedAt - initDurationMs, startedAt)]),
    phase('Invocation', startedAt, startedAt + durationMs),
    phase('Overhead', startedAt + durationMs, lastMs),
  ];
}

function causeOf({ payload, configuration }: TracedInvocation) {
  const { errorType = 'Error', errorMessage = '' } = JSON.parse(payload) as Readonly<Record<string, string>>;
  return {
    working_directory: configuration.code.directory,
    exceptions: [{ id: newId(), type: errorType, message: errorMessage }],
  };
}

const newId = (): string => randomBytes(8).toString('hex');
