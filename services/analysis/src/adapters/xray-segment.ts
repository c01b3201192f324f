import type { Span } from '@lamplighter/diagnosis';
import * as z from 'zod';

/** A segment or subsegment: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html */
const Segment = z.object({
  id: z.string(),
  name: z.string(),
  start_time: z.number(),
  end_time: z.number().optional(),
  parent_id: z.string().optional(),
  fault: z.boolean().optional(),
  error: z.boolean().optional(),
  /** `aws` or `remote`: a call of another service. Without one a subsegment is a part of its segment's own code. */
  namespace: z.string().optional(),
  aws: z.object({ operation: z.string().optional() }).optional(),
  subsegments: z.array(z.unknown()).optional(),
});

const DEEPEST = 50;

/** A segment document as spans; what is not strict JSON, not a segment, or still in progress is left out. */
export function spansOfSegment(traceId: string, document: string | undefined): Span[] {
  try {
    return collect(traceId, JSON.parse(document ?? ''), { depth: 0 });
  } catch {
    return [];
  }
}

interface Place {
  readonly parent?: string;
  /** Whose code runs here. */
  readonly service?: string;
  readonly depth: number;
}

function collect(traceId: string, value: unknown, { parent, service, depth }: Place): Span[] {
  const parsed = Segment.safeParse(value);
  if (!parsed.success || depth > DEEPEST) return [];
  const { id, name, start_time, end_time, parent_id, fault, error, namespace, aws, subsegments = [] } = parsed.data;
  const parentId = parent_id ?? parent;
  const own = namespace === undefined ? (service ?? name) : name;
  const below = { parent: id, service: own, depth: depth + 1 };
  const children = subsegments.flatMap((child) => collect(traceId, child, below));
  if (end_time === undefined) return children;
  const span: Span = {
    traceId,
    spanId: id,
    ...(parentId !== undefined && { parentId }),
    service: own,
    name: aws?.operation ?? name,
    startMs: start_time * 1000,
    durationMs: Math.max(0, (end_time - start_time) * 1000),
    isError: fault === true || error === true,
  };
  return [span, ...children];
}
