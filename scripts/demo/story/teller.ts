import type { MinuteOfTraffic } from '../house/shop.ts';
import { auditedMinute } from './audited-minute.ts';
import { collectForecasts } from './forecasts.ts';
import { type IdleCost, idleTime } from './idle.ts';
import { newsOf } from './news.ts';
import type { StoryDeps } from './story.ts';
import type { Chapter, Told, ToldMinute } from './told.ts';

const MINUTE_MS = 60_000;

/** Tells chapters and minutes, and keeps what was told. */
export function openTeller(deps: StoryDeps, names: readonly string[]) {
  const { house, shop, script, pace } = deps;
  const news = newsOf(house, deps.pages);
  const collected = collectForecasts(house);
  const told: Told[] = [];
  const began: { name: string; from: number }[] = [];
  const tell = (one: Told): void => {
    told.push(one);
    deps.onTold(one);
  };
  const tellNews = async (): Promise<void> => {
    for (const one of await news()) tell(one);
  };
  const oneMinute = async (guests: () => Promise<MinuteOfTraffic>): Promise<void> => {
    const start = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
    const traffic = await guests();
    // The minute's last lines arrive, its window closes, and the agents are at work.
    await house.pass(3_000);
    const minute: ToldMinute = { ...traffic, start, ...(await auditedMinute(house, start)) };
    // A minute can be told when it is over.
    const row: Told = { at: start + MINUTE_MS, kind: 'traffic', minute };
    for (const one of [row, ...(await news())].sort((a, b) => a.at - b.at)) tell(one);
    await collected.look();
    await pace();
  };
  return {
    chapter(sentence: string): void {
      const name = names[began.length]!;
      began.push({ name, from: house.clock.now() });
      deps.onChapter(name, sentence, house.clock.now());
    },
    /** Time in which nobody comes, and what was told in it. */
    async idle(): Promise<IdleCost> {
      const idle = await idleTime(house, script);
      await tellNews();
      return idle;
    },
    note: (text: string): void => tell({ at: house.clock.now(), kind: 'note', text }),
    firstGuest: (): Promise<void> => oneMinute(() => shop.firstGuest()),
    async minutes(requests: readonly number[]): Promise<void> {
      for (const count of requests) await oneMinute(() => shop.minute(count));
    },
    /** Minutes of the peak until what went wrong at a time is repaired. */
    async untilRepaired(onset: number): Promise<void> {
      for (let waited = 0; waited < script.patienceMinutes && !isRepaired(told, onset); waited++)
        await oneMinute(() => shop.minute(script.peak));
    },
    chapters: (): Chapter[] => began.map((one, at) => ({ ...one, until: began[at + 1]?.from ?? house.clock.now() })),
    told: told as readonly Told[],
    forecasts: collected.made,
  };
}

const isRepaired = (told: readonly Told[], onset: number): boolean =>
  told.some((one) => one.kind === 'repair' && one.repair.plannedAt >= onset && one.repair.state === 'kept');
