import { BatchGetTracesCommand, type XRayClient } from '@aws-sdk/client-xray';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { parseSegment } from '@lamplighter/lambda-logs';
import { hasTimes, isSpanId, spanFrom } from '../domain/spans/span-from.ts';
import type { TracesPort } from '../ports.ts';

/** X-Ray writes OpenTelemetry's 32 digits in two parts. */
const xrayIdOf = (traceId: string): string => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;

/** A story waits no longer for its trace. */
const TIMEOUT_MS = 2_000;

/** Traces that X-Ray keeps, thirty days long. What it does not answer is written down, and no reason not to tell the rest of a story. */
export function xrayTraces(
  client: XRayClient,
  logger: Pick<StructuredLogger, 'warn'>,
  timeoutMs = TIMEOUT_MS,
): TracesPort {
  return {
    async ofTrace(traceId) {
      const id = xrayIdOf(traceId);
      try {
        const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds: [id] }), {
          abortSignal: AbortSignal.timeout(timeoutMs),
        });
        return Traces.flatMap(({ Segments = [] }) => Segments)
          .flatMap(({ Document }) => parseSegment(id, Document))
          .filter((record) => isSpanId(record.spanId) && hasTimes(record))
          .map((record) => spanFrom(record, traceId));
      } catch (error) {
        logger.warn('X-Ray did not answer: the story is told without its spans', { traceId, error: error as Error });
        return [];
      }
    },
  };
}
