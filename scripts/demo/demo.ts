/** `pnpm demo`: Black Friday at a hotel group, every stack as packaged, in an AWS inside this process. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describeUserError, EXIT, noteRunning, paintFor, processTerminal } from '../../packages/cli/src/index.ts';
import { idleCostPerHour } from '../../packages/pricing/src/index.ts';
import { REPOSITORY } from '../workspace-services.ts';
import { playBlackFriday, SERVICES, shortcoming } from './black-friday.ts';
import type { House } from './house/house.ts';
import { openView } from './live/live-view.ts';
import { renderTold } from './live/render-told.ts';
import { clockOf } from './live/words.ts';
import { type DemoOptions, parseDemoOptions, USAGE } from './options.ts';
import { type ClaimedFolder, claimFolder } from './report/claim-folder.ts';
import type { DemoReport } from './report/compose-report.ts';
import { renderPage } from './report/page/render-page.ts';
import { renderReport } from './report/render-terminal.ts';
import { BLACK_FRIDAY } from './story/script.ts';
import { CHAPTERS } from './story/story.ts';
import type { ToldMinute } from './story/told.ts';

const FOLDER = join('.lamplighter', 'demo');
const INTERRUPTED = 130;
const TICK_MS = 250;
const STOPPING = 'Stopping at the next step. Ctrl-C again stops at once.';

const terminal = processTerminal();
const paint = paintFor(terminal, terminal.isOutTty);

try {
  const options = parseDemoOptions(process.argv.slice(2));
  if (options === undefined) terminal.out(USAGE);
  else process.exitCode = await demo(options);
} catch (error) {
  const line = describeUserError(error, paintFor(terminal, terminal.isErrTty));
  if (line === undefined) throw error;
  terminal.err(line);
  process.exitCode = EXIT.badInput;
}

async function demo(options: DemoOptions): Promise<number> {
  const started = performance.now();
  const stop = new AbortController();
  void terminal.interrupted().then(() => stop.abort());
  terminal.out(
    `${paint('bold', 'Lamplighter')}  Black Friday at a hotel group, in an AWS inside this process. Nothing leaves this machine.\n\n`,
  );
  const claimed = await claimFolder(REPOSITORY, FOLDER);
  if (claimed.folder !== FOLDER)
    terminal.out(`Another demo has ${FOLDER}: the report of this one goes to ${claimed.folder}.\n\n`);
  try {
    const { house, report, close } = await play(options, stop.signal);
    try {
      const page = await save(report, claimed);
      const seconds = Math.round((performance.now() - started) / 1000);
      const { endpoint } = house.sandbox;
      terminal.out(`\n${renderReport(report, { paint, ...(options.isKept && { endpoint }) })}\n`);
      terminal.out(`${seconds} s on this machine. With charts: ${page}; as JSON: ${page.replace('.html', '.json')}\n`);
      if (options.isKept) await stayUp(house, stop.signal);
      const problem = shortcoming(report);
      if (problem !== undefined) terminal.err(`${paint('red', 'not as it has to be:')} ${problem}\n`);
      return problem === undefined ? EXIT.ok : EXIT.notThere;
    } finally {
      await close();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    terminal.out('stopped\n');
    return INTERRUPTED;
  } finally {
    await claimed.release();
  }
}

/** Plays the story on the live view. */
async function play(options: DemoOptions, signal: AbortSignal) {
  const minutes: ToldMinute[] = [];
  const nothing = { begun: 0, minutes, agents: '', idleUsdPerHour: 0, consoleUrl: 'not open yet' };
  const view = openView(terminal, { chapters: CHAPTERS, ...nothing }, options);
  let begun = 0;
  const sayStopping = (): void => view.say(STOPPING);
  signal.addEventListener('abort', sayStopping);
  try {
    return await playBlackFriday({
      script: BLACK_FRIDAY,
      port: options.port,
      pace: pacer(options.speed, signal),
      onStep(step) {
        signal.throwIfAborted();
        view.show({ step });
      },
      async onOpen(house, consoleUrl) {
        const { endpoint, region, credentials } = house.sandbox;
        const forget = await noteRunning({ endpoint, region, stage: house.stage, credentials });
        house.onStop(forget);
        view.show({ consoleUrl, idleUsdPerHour: idleCostPerHour([...house.templates.values()]) });
        view.say(
          `${SERVICES.length} stacks are deployed as \`sls package\` wrote them. The console: ${paint('cyan', consoleUrl)}`,
        );
      },
      onChapter(name, sentence, at) {
        begun += 1;
        view.say(`\n${paint('bold', name)}  ${paint('dim', sentence)}`);
        view.show({ begun, at, step: '' });
      },
      onTold(told) {
        if (told.kind === 'traffic') minutes.push(told.minute);
        const text = renderTold(told, paint);
        if (text !== undefined) view.say(text);
        const agents =
          told.kind === 'finding' || told.kind === 'repair' ? renderTold(told, (_colour, plain) => plain) : undefined;
        view.show({ at: told.at, step: '', ...(agents !== undefined && { agents: agents.split('\n')[0]! }) });
      },
    });
  } finally {
    signal.removeEventListener('abort', sayStopping);
    view.stop();
  }
}

/** Lets no minute of the story pass faster than asked for; ends the story where the user wants it. */
function pacer(speed: number | undefined, signal: AbortSignal): () => Promise<void> {
  let before = performance.now();
  return async () => {
    const rest = speed === undefined ? 0 : before + 60_000 / speed - performance.now();
    if (rest > 0) await wait(rest, undefined, { signal });
    signal.throwIfAborted();
    before = performance.now();
  };
}

async function save(report: DemoReport, { folder }: ClaimedFolder): Promise<string> {
  await writeFile(join(REPOSITORY, folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(REPOSITORY, folder, 'report.html'), renderPage(report));
  return join(folder, 'report.html');
}

/** The story's clock goes on at the speed of life, so that the console is live. */
async function stayUp({ clock }: House, signal: AbortSignal): Promise<void> {
  terminal.out(`\nIt stays up, at ${clockOf(clock.now())} UTC of the story. ${paint('dim', 'Ctrl-C stops it.')}\n`);
  let before = performance.now();
  while (!signal.aborted) {
    await wait(TICK_MS, undefined, { signal }).catch(() => undefined);
    const now = performance.now();
    await clock.advance(Math.round(now - before));
    before = now;
  }
  terminal.out('stopped\n');
}
