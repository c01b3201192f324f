import type { House } from '../house/house.ts';
import type { Ledger } from '../house/ledger.ts';
import type { Page } from '../house/pager.ts';
import { BOOKING_FUNCTION, type Releases } from '../house/releases.ts';
import type { Shop } from '../house/shop.ts';
import { usd } from '../live/words.ts';
import type { PublishedForecast } from './forecasts.ts';
import type { IdleCost } from './idle.ts';
import { sayLessons } from './lessons.ts';
import type { Script } from './script.ts';
import { openTeller } from './teller.ts';
import type { Chapter, InjectedFault, Told } from './told.ts';

const MINUTE_MS = 60_000;
const FAULTS_PARAMETER = '/reservation/dev/faults';
/** Of a hundred calls of the bad release, so many fail. */
const BAD_RELEASE_PCT = 40;

export interface StoryDeps {
  readonly house: House;
  readonly shop: Shop;
  readonly releases: Releases;
  readonly ledger: Ledger;
  readonly pages: readonly Page[];
  readonly script: Script;
  /** Told before each chapter, of everything that happens in it, and of what takes its time behind the scenes. */
  readonly onChapter: (name: string, sentence: string, at: number) => void;
  readonly onTold: (told: Told) => void;
  readonly onStep: (step: string) => void;
  /** Waited for after each minute of the story. */
  readonly pace: () => Promise<void>;
}

export interface Story {
  readonly from: number;
  readonly until: number;
  readonly idle: IdleCost;
  readonly chapters: readonly Chapter[];
  readonly told: readonly Told[];
  readonly injected: readonly InjectedFault[];
  readonly forecasts: readonly PublishedForecast[];
  /** Every message that reached somebody, those of the last minutes among them. */
  readonly pages: readonly Page[];
}

export const CHAPTERS = ['At rest', 'First customer', 'The climb', 'The crisis', 'A bad deploy', 'The decline'];

/** Black Friday at the reservation application, from the idle night to the evening. Nothing in it is arranged but the two faults. */
export async function tellStory(deps: StoryDeps): Promise<Story> {
  const { house, ledger, releases, script } = deps;
  const from = house.clock.now();
  const teller = openTeller(deps, CHAPTERS);
  const { chapter, minutes, untilRepaired } = teller;

  chapter('The stacks stand, and nobody comes.');
  const idle = await teller.idle();
  for (const line of sayIdle(idle)) teller.note(line);

  chapter('One guest books. Functions start, and a database that slept wakes up.');
  await teller.firstGuest();
  deps.onStep('giving the ledger the payments of a busy year');
  await ledger.fill();
  await minutes(script.opening);

  chapter('The sale begins; every minute brings more.');
  await minutes(script.climb);

  chapter('A migration drops an index: each booking now reads the whole payment ledger.');
  const slowQuery = house.clock.now();
  await ledger.dropIndex();
  await untilRepaired(slowQuery);
  await minutes(flat(script.peak, script.calmMinutes));

  chapter(`A release goes live, and ${BAD_RELEASE_PCT} of 100 bookings fail in it.`);
  const badRelease = house.clock.now();
  await house.setParameter(FAULTS_PARAMETER, { badRelease: { release: 'r2', pct: BAD_RELEASE_PCT } });
  const badVersion = await releases.release('r2');
  await untilRepaired(badRelease);
  await minutes(flat(script.peak, script.calmMinutes));

  chapter('The rush is over. What was learned stays.');
  await minutes(script.decline);
  teller.note(await lessonsOf(house));

  const injected: readonly InjectedFault[] = [
    {
      name: 'slow query in the payment step',
      functionName: BOOKING_FUNCTION,
      injectedAt: slowQuery,
      classes: ['dependency-slow', 'slow-down', 'timeouts', 'timeout-risk'],
      // Its statements wait for each other: the scan is seen in both.
      cause: 'payment',
      isGone: !(await ledger.isReadWhole()),
    },
    {
      name: `bad release, version ${badVersion}`,
      functionName: BOOKING_FUNCTION,
      injectedAt: badRelease,
      classes: ['bad-deploy', 'error-burst'],
      cause: `version ${badVersion}`,
      isGone: (await releases.live()) !== badVersion,
    },
  ];
  // The last lines arrive, and their minute is over: from here on nothing is open.
  await house.pass(2 * MINUTE_MS);
  return {
    from,
    until: Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS,
    idle,
    chapters: teller.chapters(),
    told: teller.told,
    injected,
    forecasts: teller.forecasts(),
    pages: [...deps.pages],
  };
}

async function lessonsOf(house: House): Promise<string> {
  const repairs = await house.remediations({ kind: 'recent', limit: 200 });
  const findings = await house.findings({ kind: 'recent', limit: 200 });
  return sayLessons(
    repairs.kind === 'remediations' ? repairs.remediations : [],
    findings.kind === 'findings' ? findings.findings : [],
  );
}

const flat = (requests: number, minutes: number): readonly number[] => Array.from({ length: minutes }, () => requests);

function sayIdle(idle: IdleCost): readonly string[] {
  const { minutes, ownCalls, applicationCalls, lamplighterUsdPerHour, sampleUsdPerHour, hourlyResources } = idle;
  return [
    `${minutes} minutes without a guest: ${applicationCalls} calls of the application, ${ownCalls} of Lamplighter (hourly rounds, alerts).`,
    `At rest, by the price book: Lamplighter ${usd(lamplighterUsdPerHour)} an hour (alarms, idle queues; ${hourlyResources} resources are billed by the hour),`,
    `the application that it watches ${usd(sampleUsdPerHour)} (its stream, key and password).`,
  ];
}
