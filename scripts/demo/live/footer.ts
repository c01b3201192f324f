import { type Paint, sparkline } from '../../../packages/cli/src/index.ts';
import type { ToldMinute } from '../story/told.ts';
import { clockOf, quantile, usd } from './words.ts';

/** What the live view shows below the story. */
export interface Scene {
  /** Chapters that there are, and how many have begun. */
  readonly chapters: readonly string[];
  readonly begun: number;
  readonly at?: number;
  readonly minutes: readonly ToldMinute[];
  /** What the agents did last. */
  readonly agents: string;
  /** What takes its time right now; empty where nothing does. */
  readonly step?: string;
  readonly idleUsdPerHour: number;
  readonly consoleUrl: string;
}

const SPARK = 40;
const LABEL = 9;

/** The footer's lines, none wider than the terminal. Pure. */
export function footerLines(
  scene: Scene,
  { columns, paint, seconds }: { readonly columns: number; readonly paint: Paint; readonly seconds: number },
): readonly string[] {
  const width = Math.max(20, columns - 1);
  const line = (name: string, text: string) => paint('dim', name.padEnd(LABEL)) + text.slice(0, width - LABEL);
  return [
    paint('dim', '─'.repeat(width)),
    line('story', progress(scene, seconds)),
    line('traffic', traffic(scene)),
    line('agents', scene.agents || 'watch'),
    line('cost', cost(scene)),
    line('console', scene.consoleUrl),
  ];
}

function progress({ chapters, begun, at, step }: Scene, seconds: number): string {
  const bar = chapters.map((_, index) => (index < begun - 1 ? '━━━' : index === begun - 1 ? '╸╸╸' : '───')).join('');
  const name = chapters[begun - 1] ?? 'getting ready';
  const time = at === undefined ? '' : `${clockOf(at).slice(0, 5)} UTC  `;
  return `${bar}  ${time}${name} (${Math.max(1, begun)} of ${chapters.length})  ${seconds} s${step ? `  ${step}` : ''}`;
}

function traffic({ minutes }: Scene): string {
  const last = minutes.at(-1);
  if (last === undefined) return 'nobody';
  const spark = sparkline(
    minutes.slice(-SPARK).map(({ requests }) => requests),
    SPARK,
  );
  return `${spark} ${last.requests}/min, p95 ${Math.round(quantile(last.latenciesMs, 0.95))} ms, ${last.failed} failed`;
}

/** What ran in the last minute, over an hour, and what stands anyway. */
function cost({ minutes, idleUsdPerHour }: Scene): string {
  const perHour = (minutes.at(-1)?.usd ?? 0) * 60;
  return `${usd(perHour)} an hour for the calls of this minute, by the audit; ${usd(idleUsdPerHour)} an hour for what stands, by the price book`;
}
