import type { Span } from '@lamplighter/diagnosis';
import { parseSegment } from '@lamplighter/lambda-logs';
import { spanOf } from '../domain/span-of.ts';

/** A segment document of X-Ray as spans; what is not strict JSON, not a segment, or still in progress is left out. */
export const spansOfSegment = (traceId: string, document: string | undefined): Span[] =>
  parseSegment(traceId, document).map(spanOf);
