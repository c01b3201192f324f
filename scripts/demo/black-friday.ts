import { publishPage } from '../../packages/cli/src/index.ts';
import { type House, openHouse } from './house/house.ts';
import { openLedger } from './house/ledger.ts';
import { startPager } from './house/pager.ts';
import { alertingPolicy, guardrails, PARAMETERS } from './house/policies.ts';
import { openReleases } from './house/releases.ts';
import { openShop } from './house/shop.ts';
import { composeReport, type DemoReport } from './report/compose-report.ts';
import type { Script } from './story/script.ts';
import { type StoryDeps, tellStory } from './story/story.ts';

export const SERVICES = [
  'backbone',
  'ingestion',
  'analysis',
  'prediction',
  'remediation',
  'alerting',
  'console',
  'reservation',
];
/** The morning of Black Friday 2026: an hour and a half before the doors open. */
const OPENING = Date.UTC(2026, 10, 27, 9);

export interface BlackFridayOptions extends Pick<StoryDeps, 'onChapter' | 'onTold' | 'onStep' | 'pace'> {
  readonly script: Script;
  readonly port: number;
  /** Told when every stack stands and the console can be opened. */
  readonly onOpen: (house: House, consoleUrl: string) => void | Promise<void>;
}

/** A stage that is set: every stack as packaged, the application, its guests, and whoever is on call. */
export async function playBlackFriday(options: BlackFridayOptions) {
  const { port, onStep } = options;
  const house = await openHouse({
    services: SERVICES,
    startMs: OPENING,
    port,
    params: {
      // A minute is closed a second after its end: the story has no time to wait for AWS's late deliveries.
      ingestion: { windowGraceSeconds: '1' },
      console: { signIn: 'local' },
    },
    onStep,
  });
  const opened: { close(): Promise<void> }[] = [{ close: () => house.stop() }];
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).toReversed()) await one.close();
  };
  try {
    const pager = await startPager(() => house.clock.now());
    opened.push({ close: () => pager.stop() });
    await house.setSecret(PARAMETERS.webhookSecret, 'demo');
    await house.setParameter(PARAMETERS.alerting, alertingPolicy(pager.urls));
    await house.setParameter(PARAMETERS.guardrails, guardrails);
    const shop = await openShop(house, { seed: 1, onStep });
    opened.push({ close: () => shop.close() });
    const releases = await openReleases(house);
    onStep('publishing the page of the console');
    await options.onOpen(house, await publishPage(house.sandbox, house.stacks.get('console')!));
    const ledger = openLedger(house, options.script.payments);
    const story = await tellStory({ ...options, house, shop, releases, ledger, pages: pager.pages });
    onStep('adding up what the audit says, and simulating the same sale in the twin');
    return { house, report: await composeReport(house, story), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What was not as it has to be: undefined where every fault was found, repaired and is gone, and nothing was lost. */
export function shortcoming({ completenessPct, truth, sandboxFaults }: DemoReport): string | undefined {
  if (sandboxFaults > 0) return `The embedded AWS itself failed ${sandboxFaults} times: the story is not true.`;
  if (completenessPct < 100) return `Only ${completenessPct.toFixed(2)} % of the calls were audited.`;
  const open = truth.faults.find(({ finding, repair, isGone }) => !finding || repair?.state !== 'kept' || !isGone);
  if (open !== undefined) return `The ${open.name} was not found, repaired and verified within the story.`;
  return undefined;
}
