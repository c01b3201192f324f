import type { Finding, Remediation } from '../../packages/contracts/src/index.ts';
import type { House } from './house.ts';
import type { MinuteOfTraffic, Shop } from './shop.ts';

const MINUTE_MS = 60_000;
/** What guests do: they look, they book, they change their minds. */
const GUESTS = { lookup: 40, book: 40, revalidate: 10, modify: 10 };
/** Rows of a payment ledger that has been in use for a while. */
const LEDGER_ROWS = 1_500_000;
/** The longest that the story waits for what must happen. */
const PATIENCE_MINUTES = 20;

/** One line of what happens, as it happens. */
export interface Told {
  readonly at: number;
  readonly minute: number;
  readonly traffic?: MinuteOfTraffic;
  readonly finding?: Finding;
  readonly remediation?: Remediation;
  readonly page?: { readonly change: string; readonly title: string };
}

export interface Chapter {
  readonly name: string;
  readonly told: readonly Told[];
}

export interface StoryDeps {
  readonly house: House;
  readonly shop: Shop;
  readonly pages: () => readonly { readonly change: string; readonly title: string }[];
  /** Told before each chapter, and of everything that happens in it. */
  readonly onChapter: (name: string, sentence: string) => void;
  readonly onTold: (told: Told) => void;
}

/** What was found, done and told so far, so that only news are told. */
interface Seen {
  readonly findings: Map<string, string>;
  readonly remediations: Map<string, string>;
  pages: number;
}

/** Black Friday at the reservation application, from the quiet morning to the repaired crisis. Nothing in it is arranged but the crisis itself. */
export async function tellStory(
  deps: StoryDeps,
): Promise<{ readonly chapters: readonly Chapter[]; readonly crisisAt: number }> {
  const seen: Seen = { findings: new Map(), remediations: new Map(), pages: 0 };
  const chapters: Chapter[] = [];
  const chapter = async (name: string, sentence: string, tell: (told: Told[]) => Promise<void>): Promise<void> => {
    deps.onChapter(name, sentence);
    const told: Told[] = [];
    await tell(told);
    chapters.push({ name, told });
  };
  const minutes = async (told: Told[], requests: readonly number[]): Promise<void> => {
    for (const count of requests) told.push(...(await oneMinute(count, deps, seen)));
  };

  await chapter('Morning', 'Doors open. A handful of guests.', (told) => minutes(told, ramp(8, 14, 10)));
  await chapter('The climb', 'The sale begins; every minute brings more.', (told) => minutes(told, ramp(14, 28, 8)));
  let crisisAt = 0;
  await chapter(
    'The crisis',
    'A migration has dropped an index: each booking now reads the whole payment ledger.',
    async (told) => {
      await breakLedger(deps.shop);
      crisisAt = deps.house.clock.now();
      for (let waited = 0; waited < PATIENCE_MINUTES && !isRepaired(seen); waited++) await minutes(told, [28]);
    },
  );
  await chapter('The evening', 'The rush is over.', (told) => minutes(told, ramp(24, 6, 12)));
  return { chapters, crisisAt };
}

/** Traffic of a minute, then whatever the agents made of it. */
async function oneMinute(requests: number, deps: StoryDeps, seen: Seen): Promise<Told[]> {
  const { house, shop, onTold } = deps;
  const minute = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
  const told: Told[] = [{ at: house.clock.now(), minute, traffic: await shop.minute(requests, GUESTS) }];
  // The minute's last lines arrive, its window closes, and the agents are at work.
  await house.pass(3_000);
  told.push(...(await newsOf(deps, seen, minute)));
  for (const one of told) onTold(one);
  return told;
}

async function newsOf({ house, pages }: StoryDeps, seen: Seen, minute: number): Promise<Told[]> {
  const at = house.clock.now();
  const news: Told[] = [];
  const findings = await house.findings({ kind: 'recent', limit: 20 });
  for (const finding of findings.kind === 'findings' ? findings.findings.toReversed() : []) {
    if (seen.findings.get(finding.findingId) === finding.state) continue;
    seen.findings.set(finding.findingId, finding.state);
    news.push({ at, minute, finding });
  }
  const repairs = await house.remediations({ kind: 'recent', limit: 20 });
  for (const remediation of repairs.kind === 'remediations' ? repairs.remediations.toReversed() : []) {
    if (seen.remediations.get(remediation.remediationId) === remediation.state) continue;
    seen.remediations.set(remediation.remediationId, remediation.state);
    news.push({ at, minute, remediation });
  }
  for (const page of pages().slice(seen.pages)) news.push({ at, minute, page });
  seen.pages = pages().length;
  return news;
}

/** The ledger of a busy year, and the index gone: the only thing in the story that is done on purpose. */
async function breakLedger(shop: Shop): Promise<void> {
  await shop.sql(
    `insert into payment select 'before-' || n, md5(n::text), 'before', 100, 'EUR', 'authorised', 1700000000000 + n from generate_series(1, ${LEDGER_ROWS}) n on conflict do nothing`,
  );
  await shop.sql('drop index if exists payment_by_card');
  await shop.sql('analyze payment');
}

const isRepaired = ({ remediations }: Seen): boolean => [...remediations.values()].includes('kept');

/** Whole numbers from one to another in so many steps. */
const ramp = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, at) => Math.round(from + ((to - from) * at) / Math.max(1, steps - 1)));
