import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { showsSeason } from '@lamplighter/time-series';
import type { Command } from 'commander';
import { type DeploymentOptions, withDeployment } from '../deployment/with-deployment.ts';
import { forecastSeries, usualSeasons } from '../forecast/forecast-series.ts';
import { foreseenOfDeployment } from '../forecast/foreseen-of-deployment.ts';
import { readSeries } from '../forecast/read-series.ts';
import { readWideSeries } from '../forecast/read-wide-series.ts';
import { renderForecast, renderWide } from '../forecast/render-forecast.ts';
import { renderForeseen } from '../forecast/render-foreseen.ts';
import { InputError } from '../input-error.ts';
import { inputPath } from '../input-path.ts';
import { readFunctionName, readHorizon, readLevels, readSeason } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { readTextFile } from '../read-text-file.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { formatCount } from '../terminal/format-value.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';

interface ForecastCommandOptions extends DeploymentOptions {
  /** Of files; a deployment forecasts an hour. */
  readonly horizon?: number;
  readonly season?: number;
  readonly level?: readonly number[];
  readonly out?: string;
  readonly wide?: string;
  readonly outDir?: string;
  readonly function?: string;
  readonly all?: true;
}

const LEVELS = [80, 95];

type FileOptions = ForecastCommandOptions & { readonly horizon: number };

/** Adds `forecast` to the program. */
export function addForecast(program: Command, context: CommandContext): void {
  program
    .command('forecast')
    .description(
      'the next points of a series (timestamp,value), or of every series of a wide file, with intervals; without a file, what a deployment foresees and how good its forecasts were',
    )
    .argument('[file]', 'CSV, a point a line')
    .option('--horizon <steps>', 'of a file: steps ahead, up to 100000', readHorizon)
    .option(
      '--season <points>',
      'of a file: points in a season; a day and a week where absent, a week of daily points',
      readSeason,
    )
    .option('--level <percents>', 'of a file: levels of the intervals; 80,95 where absent', readLevels)
    .option('--out <file>', 'of a file: write the CSV there')
    .option('--wide <file>', 'a series a row: id,v1,v2,…')
    .option('--out-dir <dir>', 'with --wide: where mean.csv, lo-95.csv and hi-95.csv go')
    .option('--function <name>', 'of a deployment: one function', readFunctionName)
    .option('--all', "of a deployment: what stays at 0 and Lamplighter's own resources too")
    .option('--endpoint <url>', 'a running `lamplighter up`; AWS_ENDPOINT_URL where absent')
    .option('--region <region>', 'look at AWS, in this region')
    .option('--stage <stage>', 'stage of the prediction service')
    .option('--json', 'of a deployment: print JSON')
    .action((file: string | undefined, options: ForecastCommandOptions) => forecastCommand(file, options, context));
}

/** `lamplighter forecast`: the next points of a series with intervals, or of every series of a wide file; of neither, what a deployment foresees. */
async function forecastCommand(
  file: string | undefined,
  options: ForecastCommandOptions,
  context: CommandContext,
): Promise<void> {
  if (file !== undefined && options.wide !== undefined) throw oneThing();
  refuseUnused(file, options);
  if (file === undefined && options.wide === undefined) return forecastDeployment(options, context);
  const { horizon } = options;
  if (horizon === undefined)
    throw new InputError('usage', 'A file is forecast for a number of steps.', 'Add --horizon STEPS.');
  if (file !== undefined) await forecastFile(file, { ...options, horizon }, context);
  else await forecastWide(options.wide!, { ...options, horizon }, context);
}

const oneThing = (): InputError =>
  new InputError(
    'usage',
    'Ask for one thing: FILE.csv, --wide FILE, or a deployment (--endpoint, --region or --stage).',
    'See lamplighter forecast --help.',
  );

const DEPLOYED = ['function', 'all', 'endpoint', 'region', 'stage', 'json'] as const;

/** What an option says is not left unheard. */
function refuseUnused(file: string | undefined, options: ForecastCommandOptions): void {
  const [what, unused] =
    file !== undefined
      ? (['a FILE', ['outDir', ...DEPLOYED]] as const)
      : options.wide !== undefined
        ? (['--wide', ['level', 'out', ...DEPLOYED]] as const)
        : (['a deployment', ['horizon', 'season', 'level', 'out', 'outDir']] as const);
  const given = unused.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const flag = `--${given.replace('outDir', 'out-dir')}`;
  throw new InputError('usage', `${flag} says nothing of ${what}.`, 'Leave it out; see lamplighter forecast --help.');
}

async function forecastDeployment(options: ForecastCommandOptions, { terminal, exit }: CommandContext): Promise<void> {
  const progress = createProgress(terminal);
  const { now, ...foreseen } = await withDeployment(options, terminal, {
    named: async (deployment) => ({
      ...(await foreseenOfDeployment(deployment, options.function, progress)),
      now: await deployment.now(),
    }),
    unnamed: () => Promise.reject(oneThing()),
  }).finally(() => progress.stop());
  const isAll = options.all === true || options.function?.startsWith('lamplighter-') === true;
  const isEmpty = foreseen.forecasts.length + foreseen.resources.length === 0;
  if (options.json) terminal.out(`${JSON.stringify(foreseen)}\n`);
  else if (!isEmpty)
    terminal.out(
      renderForeseen(foreseen, paintFor(terminal, terminal.isOutTty), { now, width: lineWidth(terminal), isAll }),
    );
  if (!isEmpty) return;
  terminal.err(`${escapeText(`Nothing is foreseen${options.function ? ` of ${options.function}` : ''} yet.`)}\n`);
  exit(EXIT.notThere);
}

async function forecastFile(
  file: string,
  { horizon, season, level = LEVELS, out }: FileOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { values, clock, unknownTime, irregularSteps } = readSeries(
    await readTextFile(inputPath(terminal.cwd, file)),
    file,
  );
  if (!values.some((value) => value !== null))
    throw new InputError('unreadable-csv', `${file} has no values.`, 'Give it lines of timestamp,value.');
  if (unknownTime !== undefined)
    terminal.err(
      `${escapeText(`${unknownTime} is no time that is known: the lines of ${file} count as steps, without gaps`)}\n`,
    );
  if (irregularSteps !== undefined)
    terminal.err(
      `${escapeText(`${irregularSteps} distances between the times of ${file} are no multiple of the usual one: each line counts as the next step`)}\n`,
    );
  if (values.filter((value) => value !== null).length === 1)
    terminal.err(
      `${escapeText(`${file} has one value, which tells nothing of how far values vary: its bands have no end`)}\n`,
    );
  const seasonLengths = season === undefined ? usualSeasons(clock?.stepMs) : [season];
  const [shortest] = seasonLengths;
  if (shortest !== undefined && !showsSeason(values, shortest)) {
    const problem = `${file} has ${formatCount(values.length, 'point')}, fewer than three seasons of ${shortest}`;
    if (season !== undefined)
      throw new InputError('unusable-season', `${problem}.`, 'Give it more points, or leave --season out.');
    terminal.err(`${escapeText(`${problem}: forecast without a season`)}\n`);
  }
  const text = renderForecast(forecastSeries(values, { horizon, seasonLengths, levels: level }), clock);
  if (out === undefined) terminal.out(text);
  else await writeOutput(resolve(terminal.cwd, out), text);
}

async function forecastWide(
  file: string,
  { horizon, season, outDir }: FileOptions,
  { terminal }: CommandContext,
): Promise<void> {
  if (outDir === undefined)
    throw new InputError('usage', '--wide needs a place for its three files.', 'Add --out-dir DIR.');
  const series = readWideSeries(await readTextFile(inputPath(terminal.cwd, file)), file);
  const seasonLengths = season === undefined ? [] : [season];
  const short = series.filter(({ values }) => season !== undefined && !showsSeason(values, season));
  if (short.length > 0)
    terminal.err(
      `${escapeText(`${short.length} of ${series.length} series have fewer than three seasons of ${season} points and are forecast without one, the first of them ${short[0]!.id}`)}\n`,
    );
  const forecasts = series.map(({ id, values }) => {
    const { mean, intervals } = forecastSeries(values, { horizon, seasonLengths, levels: [95] });
    return { id, mean, lower: intervals[0]!.lower, upper: intervals[0]!.upper };
  });
  const place = resolve(terminal.cwd, outDir);
  await mkdir(place, { recursive: true }).catch(failOnOutput(place));
  const files = { 'mean.csv': 'mean', 'lo-95.csv': 'lower', 'hi-95.csv': 'upper' } as const;
  for (const [name, key] of Object.entries(files))
    await writeOutput(join(place, name), renderWide(forecasts.map((each) => ({ id: each.id, points: each[key] }))));
  terminal.err(`${series.length} series, ${horizon} steps each, in ${outDir}\n`);
}

const writeOutput = (path: string, text: string): Promise<void> => writeFile(path, text).catch(failOnOutput(path));

const failOnOutput = (path: string) => (cause: Error) => {
  throw new InputError('unwritable-file', `${path} cannot be written.`, 'Check the place.', { cause });
};
