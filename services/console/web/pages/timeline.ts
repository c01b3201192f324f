import type { RequestPage } from '../../src/api/get-request.ts';

type Story = Extract<RequestPage, { kind: 'story' }>;

/** One thing that happened, where it stands in the order of time. */
export type TimelineEntry =
  | { readonly kind: 'line'; readonly at: number; readonly line: Story['story']['lines'][number] }
  | { readonly kind: 'span'; readonly at: number; readonly span: NonNullable<Story['story']['spans']>[number] }
  | { readonly kind: 'finding'; readonly at: number; readonly finding: Story['findings'][number] }
  | { readonly kind: 'change'; readonly at: number; readonly repair: Story['remediations'][number] };

const ORDER = { change: 0, finding: 1, span: 2, line: 3 } as const;

/** Lines, spans, findings and changes of a request in one order of time. */
export function timelineOf({ story, findings, remediations }: Story): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...story.lines.map((line) => ({ kind: 'line' as const, at: line.timestamp, line })),
    ...(story.spans ?? []).map((span) => ({ kind: 'span' as const, at: span.startedAt, span })),
    ...findings.map((finding) => ({ kind: 'finding' as const, at: finding.openedAt, finding })),
    ...remediations.map((repair) => ({ kind: 'change' as const, at: repair.plannedAt, repair })),
  ];
  return entries.sort((a, b) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind]);
}
