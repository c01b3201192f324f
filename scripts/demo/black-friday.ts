/** `pnpm demo`: Black Friday at the reservation application, every stack as packaged, in an embedded AWS. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProgress, escapeText, paintFor, processTerminal } from '../../packages/cli/src/index.ts';
import { idleCostPerHour, type Template } from '../../packages/pricing/src/index.ts';
import { REPOSITORY } from '../workspace-services.ts';
import { openHouse } from './house.ts';
import { startPager } from './pager.ts';
import { alertingPolicy, guardrails, PARAMETERS } from './policies.ts';
import { proveAudit, type WatchedTotals } from './proof.ts';
import { renderReport } from './render-report.ts';
import { renderTold } from './render-told.ts';
import { openShop } from './shop.ts';
import { tellStory } from './story.ts';
import { simulateBlackFriday } from './twin-report.ts';

const SERVICES = ['backbone', 'ingestion', 'analysis', 'remediation', 'alerting', 'reservation'];
/** Black Friday 2026, in the morning. */
const OPENING = Date.UTC(2026, 10, 27, 6);

const started = performance.now();
const terminal = processTerminal();
const paint = paintFor(terminal, terminal.isOutTty);
const progress = createProgress(terminal);
const say = (line: string): void => {
  progress.stop();
  terminal.out(`${line}\n`);
};

say(
  `${paint('bold', 'Lamplighter')}  Black Friday at a hotel group, in an AWS inside this process. Nothing leaves this machine.\n`,
);
const house = await openHouse({
  services: SERVICES,
  startMs: OPENING,
  // A minute is closed a second after its end: the story has no time to wait for AWS's late deliveries.
  params: { ingestion: { windowGraceSeconds: '1' } },
  onStep: (step) => progress.update(step),
});
const pager = await startPager(() => house.clock.now());
await house.setSecret(PARAMETERS.pagerSecret, 'demo');
await house.setParameter(PARAMETERS.alerting, alertingPolicy(pager.url));
await house.setParameter(PARAMETERS.guardrails, guardrails);
const shop = await openShop(house, { seed: 1, onStep: (step) => progress.update(step) });
say(
  `${SERVICES.length} stacks are deployed as \`sls package\` wrote them. While nobody comes, they cost $${idleUsd().toFixed(4)} an hour.`,
);

const { chapters, crisisAt } = await tellStory({
  house,
  shop,
  pages: () => pager.pages,
  onChapter: (name, sentence) => say(`\n${paint('bold', name)}  ${paint('dim', sentence)}`),
  onTold: (told) => say(renderTold(told, paint)),
});
progress.update('adding up what the audit says');
const totals = await proveAudit(house, OPENING, house.clock.now());
progress.update('the same sale at 100,000 requests a second, in the twin');
const twin = simulateBlackFriday();
const report = { chapters, crisisAt, totals, twin, idleUsdPerHour: idleUsd(), faults: house.faults.length };
say(`\n${renderReport(report, paint)}`);
say(
  paint(
    'dim',
    `${((performance.now() - started) / 1000).toFixed(0)} s on this machine. The figures as JSON: ${await save(report)}`,
  ),
);
await tellOneRequest(totals);
await shop.close();
await pager.stop();
await house.stop();
if (house.faults.length > 0) {
  terminal.err(`The embedded AWS itself failed ${house.faults.length} times: ${escapeText(String(house.faults[0]))}\n`);
  process.exitCode = 1;
}

/** What the stacks cost while nothing happens, by the price book: the alarms and schedules of all, and the sample's own stream and secrets. */
function idleUsd(): number {
  return idleCostPerHour(house.templates as Template[]);
}

async function save(value: object): Promise<string> {
  const folder = join(REPOSITORY, '.lamplighter', 'demo');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(value, null, 2)}\n`);
  return '.lamplighter/demo/report.json';
}

/** The story of one slow request: what a request ID gives at 3 a.m. */
async function tellOneRequest([first]: readonly WatchedTotals[]): Promise<void> {
  if (first === undefined) return;
  const answer = await house.audit({
    kind: 'by-function',
    functionName: first.functionName,
    since: crisisAt,
    limit: 1,
  });
  const [invocation] = answer.kind === 'invocations' ? answer.invocations : [];
  if (invocation === undefined) return;
  say(
    `One request of the crisis: ${paint('cyan', invocation.requestId)}, ${Math.round(invocation.durationMs ?? 0)} ms, ${invocation.logLines} log lines, trace ${invocation.traceId ?? 'none'}.`,
  );
}
