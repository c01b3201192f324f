import type { LogSource } from '@lamplighter/lambda-logs';

/** A log stream and the region it lies in: one execution environment. */
export interface StreamSource extends LogSource {
  readonly region: string;
}

/** `owner:region:logGroup:logStream`. Neither a group nor a stream name may hold a colon (PutLogEvents, API reference). */
export function streamIdOf(source: StreamSource): string {
  return `${source.owner}:${source.region}:${source.logGroup}:${source.logStream}`;
}
