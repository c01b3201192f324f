/** A segment document, or a subsegment; times in epoch seconds. Source: X-Ray Developer Guide, "X-Ray segment documents". */
export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly trace_id?: string;
  readonly parent_id?: string;
  /** `subsegment` where it was sent by itself. */
  readonly type?: string;
  readonly start_time: number;
  readonly end_time?: number;
  readonly in_progress?: boolean;
  readonly origin?: string;
  readonly namespace?: string;
  readonly resource_arn?: string;
  readonly user?: string;
  readonly error?: boolean;
  readonly fault?: boolean;
  readonly throttle?: boolean;
  readonly cause?: unknown;
  readonly http?: {
    readonly request?: Readonly<Record<string, unknown>>;
    readonly response?: { readonly status?: number };
  };
  readonly aws?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  readonly metadata?: unknown;
  readonly subsegments?: readonly Segment[];
}

/** A document of its own: it names its trace. */
export type TraceSegment = Segment & { readonly trace_id: string };

/** Why a document is refused: `ErrorCode` and `Message` of an UnprocessedTraceSegment. */
export interface SegmentProblem {
  readonly id?: string;
  readonly code: string;
  readonly message: string;
}

const LARGEST_DOCUMENT_BYTES = 65_536;
const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
const SEGMENT_ID = /^[0-9a-f]{16}$/;

/** Reads a document as PutTraceSegments and the daemon take it. */
export function parseSegment(text: string): TraceSegment | SegmentProblem {
  if (Buffer.byteLength(text) > LARGEST_DOCUMENT_BYTES)
    return { code: 'SegmentTooLarge', message: `Segment size exceeds the limit of ${LARGEST_DOCUMENT_BYTES} bytes.` };
  let document: Partial<TraceSegment> | null;
  try {
    document = JSON.parse(text) as Partial<TraceSegment> | null;
  } catch {
    return { code: 'ParseError', message: 'Invalid segment. ErrorCode: ParseError' };
  }
  const problem = problemOf(document ?? {});
  if (problem === undefined) return document as TraceSegment;
  const id = document?.id;
  return {
    code: problem,
    message: `Invalid segment. ErrorCode: ${problem}`,
    ...(typeof id === 'string' ? { id } : {}),
  };
}

export const isProblem = (parsed: TraceSegment | SegmentProblem): parsed is SegmentProblem => 'code' in parsed;

function problemOf(document: Partial<TraceSegment>): string | undefined {
  if (!SEGMENT_ID.test(document.id ?? '')) return 'MissingId';
  if (!TRACE_ID.test(document.trace_id ?? '')) return 'InvalidTraceId';
  if (typeof document.name !== 'string' || document.name === '') return 'MissingName';
  if (typeof document.start_time !== 'number') return 'MissingStartTime';
  if (document.end_time === undefined && document.in_progress !== true) return 'MissingEndTime';
  if (document.type === 'subsegment' && document.parent_id === undefined) return 'MissingParentId';
  return undefined;
}
