import type { Segment } from './segment.ts';
import { assemble, type Trace } from './trace-store.ts';

/** A trace as GetTraceSummaries shows it; times in epoch seconds. Source: X-Ray API Reference, TraceSummary. */
export interface TraceSummary {
  readonly Id: string;
  readonly StartTime: number;
  readonly Duration: number;
  readonly ResponseTime: number;
  readonly HasFault: boolean;
  readonly HasError: boolean;
  readonly HasThrottle: boolean;
  readonly IsPartial: boolean;
  readonly Http: Readonly<Record<string, unknown>>;
  readonly Annotations: Readonly<Record<string, readonly unknown[]>>;
  readonly Users: readonly { readonly UserName: string }[];
  readonly ServiceIds: readonly ServiceId[];
  readonly ResourceARNs: readonly { readonly ARN: string }[];
  readonly EntryPoint?: ServiceId;
}

export interface ServiceId {
  readonly Name: string;
  readonly Names: readonly string[];
  readonly AccountId: string;
  readonly Type?: string;
}

export function summarize(trace: Trace, accountId: string): TraceSummary {
  const segments = assemble(trace);
  const everything = segments.flatMap(flatten);
  const root = segments.find(({ parent_id: parent }) => parent === undefined) ?? segments[0]!;
  const start = Math.min(...segments.map(({ start_time: at }) => at));
  const end = Math.max(...segments.map(({ end_time: at, start_time: from }) => at ?? from));
  const arns = new Set(segments.flatMap(({ resource_arn: arn }) => arn ?? []));
  return {
    Id: trace.id,
    StartTime: start,
    Duration: seconds(end - start),
    ResponseTime: seconds((root.end_time ?? root.start_time) - root.start_time),
    HasFault: segments.some(({ fault }) => fault === true),
    HasError: segments.some(({ error }) => error === true),
    HasThrottle: segments.some(({ throttle }) => throttle === true),
    IsPartial: segments.some((segment) => segment.in_progress === true),
    Http: httpOf(root),
    Annotations: annotationsOf(everything),
    Users: everything.flatMap(({ user }) => (user === undefined ? [] : [{ UserName: user }])),
    ServiceIds: segments.map((segment) => serviceId(segment, accountId)),
    ResourceARNs: [...arns].map((ARN) => ({ ARN })),
    EntryPoint: serviceId(root, accountId),
  };
}

const flatten = (segment: Segment): readonly Segment[] => [segment, ...(segment.subsegments ?? []).flatMap(flatten)];

const seconds = (value: number): number => Math.round(value * 1000) / 1000;

const serviceId = ({ name, origin }: Segment, accountId: string): ServiceId => ({
  Name: name,
  Names: [name],
  AccountId: accountId,
  ...(origin === undefined ? {} : { Type: origin }),
});

function httpOf({ http }: Segment): Readonly<Record<string, unknown>> {
  const { method, url, user_agent: userAgent, client_ip: clientIp } = http?.request ?? {};
  const members = {
    HttpStatus: http?.response?.status,
    HttpMethod: method,
    HttpURL: url,
    UserAgent: userAgent,
    ClientIp: clientIp,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function annotationsOf(segments: readonly Segment[]): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (const { annotations = {} } of segments) {
    for (const [key, value] of Object.entries(annotations)) {
      found[key] ??= [];
      found[key].push({ AnnotationValue: annotationValue(value) });
    }
  }
  return found;
}

function annotationValue(value: string | number | boolean) {
  if (typeof value === 'number') return { NumberValue: value };
  return typeof value === 'boolean' ? { BooleanValue: value } : { StringValue: String(value) };
}
