import type { RequestPage } from '../../src/api/get-request.ts';

type Story = Extract<RequestPage, { kind: 'story' }>;

/** One thing that happened, where it stands in the order of time. */
export type TimelineEntry =
  | { readonly kind: 'line'; readonly at: number; readonly line: Story['story']['lines'][number] }
  | { readonly kind: 'span'; readonly at: number; readonly span: NonNullable<Story['story']['spans']>[number] }
  | {
      readonly kind: 'message';
      readonly at: number;
      readonly message: Story['story']['invocation']['messages'][number];
    }
  | { readonly kind: 'finding'; readonly at: number; readonly finding: Story['findings'][number] }
  | { readonly kind: 'deploy'; readonly at: number; readonly deploy: Story['deploys'][number] }
  | { readonly kind: 'made'; readonly at: number; readonly change: Story['changes'][number] }
  | { readonly kind: 'change'; readonly at: number; readonly repair: Story['remediations'][number] };

const ORDER = { made: 0, deploy: 0, change: 0, finding: 1, message: 2, span: 3, line: 4 } as const;

/** Lines, spans, messages, findings and changes of a request in one order of time; its messages came when it began. */
export function timelineOf({ story, findings, remediations, deploys, changes }: Story): TimelineEntry[] {
  const { startedAt, messages } = story.invocation;
  const entries: TimelineEntry[] = [
    ...story.lines.map((line) => ({ kind: 'line' as const, at: line.timestamp, line })),
    ...(story.spans ?? []).map((span) => ({ kind: 'span' as const, at: span.startedAt, span })),
    ...(startedAt === undefined
      ? []
      : messages.map((message) => ({ kind: 'message' as const, at: startedAt, message }))),
    ...findings.map((finding) => ({ kind: 'finding' as const, at: finding.openedAt, finding })),
    ...deploys.map((deploy) => ({ kind: 'deploy' as const, at: deploy.at, deploy })),
    ...changes.map((change) => ({ kind: 'made' as const, at: change.at, change })),
    ...remediations.map((repair) => ({ kind: 'change' as const, at: repair.plannedAt, repair })),
  ];
  return entries.sort((a, b) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind]);
}

const DAY_MS = 86_400_000;

/** Whether an instant is on another day (UTC) than the request: then its time of day alone would be read as of that day. */
export const isOtherDay = (at: number, startedAt: number | undefined): boolean =>
  startedAt !== undefined && Math.floor(at / DAY_MS) !== Math.floor(startedAt / DAY_MS);
