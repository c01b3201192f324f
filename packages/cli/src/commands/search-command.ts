import type { Command } from 'commander';
import { rangeOrLastDay, readTimeOptions, type TimeOptions } from '../audit/arguments/time-options.ts';
import { storedStories } from '../audit/source/stored-stories.ts';
import { type DeploymentOptions, placeOf, withDeployment } from '../deployment/with-deployment.ts';
import { InputError } from '../input-error.ts';
import { readFunctionName, readUpTo } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { replayFolder } from '../replay/run-replay.ts';
import { askSearch, type Found, type Wanted } from '../search/ask-search.ts';
import { renderHits } from '../search/render-hits.ts';
import { searchStories } from '../search/search-stories.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';
import { inDeployment } from './options.ts';

interface SearchCommandOptions extends DeploymentOptions, TimeOptions {
  readonly function?: string;
  readonly limit?: number;
}

/** What a question may be long, and how many hits an answer may have. */
const LONGEST_TEXT = 300;
const MOST_HITS = 200;

/** Adds `search` to the program. */
export function addSearch(program: Command, context: CommandContext): void {
  const search = program
    .command('search')
    .description(
      'log lines, errors, findings, functions, requests and messages by a text; by default in the last replay',
    )
    .argument('<text...>', 'an order number, part of a line or of an error, an id, part of a name')
    .option('--function <name>', 'what one function wrote', readFunctionName)
    .option(
      '--since <time>',
      'not before (2h, 2026-11-21, 2026-11-21T09:00:00Z); an hour before --until in log groups of a deployment',
    )
    .option('--until <time>', 'before')
    .option('--limit <n>', `most hits, up to ${MOST_HITS} (50)`, readUpTo(MOST_HITS));
  inDeployment(search, 'console').action((words: readonly string[], options: SearchCommandOptions) =>
    searchCommand(words.join(' ').trim(), options, context),
  );
}

/** `lamplighter search`: whatever a text may mean, in a deployment as its console finds it, or in the last replay. */
async function searchCommand(text: string, options: SearchCommandOptions, context: CommandContext): Promise<void> {
  const { terminal, exit } = context;
  if (text === '' || text.length > LONGEST_TEXT)
    throw new InputError('usage', `A text has 1 to ${LONGEST_TEXT} characters.`, 'Name a part of what is looked for.');
  const { found, where } = await find(text, options, context);
  const { hits, note, unanswered = [] } = found;
  if (options.json) terminal.out(`${JSON.stringify(found)}\n`);
  else if (hits.length > 0) {
    const paint = paintFor(terminal, terminal.isOutTty);
    terminal.out(renderHits(hits, { text, paint, width: lineWidth(terminal), place: placeOf(options) }));
  }
  const told = [
    ...(hits.length === 0 ? [`Nothing matches ${JSON.stringify(text)} ${where}.`] : []),
    ...(note === undefined ? [] : [note]),
    ...unanswered.map((service) => `The ${service} service did not answer: what it knows was not looked through.`),
  ];
  if (told.length > 0) terminal.err(`${told.map(escapeText).join(' ')}\n`);
  if (hits.length === 0) exit(EXIT.notThere);
}

interface Search {
  readonly found: Found;
  /** In which place and time was looked, in words. */
  readonly where: string;
}

function find(text: string, options: SearchCommandOptions, { terminal }: CommandContext): Promise<Search> {
  const progress = createProgress(terminal);
  return withDeployment(options, terminal, {
    named: async (deployment) => {
      const wanted = wantedOf(text, options, await deployment.now());
      progress.update(`looking through what ${deployment.name} knows`);
      const found = await askSearch(deployment, wanted);
      const isBounded = (options.since ?? options.until) !== undefined;
      const when = isBounded ? 'that time' : 'the last hour (--since 1d looks further back)';
      return { found, where: `at ${deployment.name}; log lines and errors were looked for in ${when}` };
    },
    unnamed: async () => ({
      found: await searchStories(storedStories(replayFolder()), wantedOf(text, options, terminal.now())),
      where: `in the last replay${(options.since ?? options.until) === undefined ? '' : ' in that time'}`,
    }),
  }).finally(progress.stop);
}

function wantedOf(text: string, options: SearchCommandOptions, now: number): Wanted {
  const range = options.since === undefined ? readTimeOptions(options, now) : rangeOrLastDay(options, now);
  return {
    text,
    ...range,
    ...(options.function !== undefined && { functionName: options.function }),
    ...(options.limit !== undefined && { limit: options.limit }),
  };
}
