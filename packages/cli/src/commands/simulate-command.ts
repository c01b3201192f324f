import { readdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FunctionWindow } from '@lamplighter/contracts';
import { type Agent, parseScenario, reportOf, type Scenario, ScenarioError, Twin } from '@lamplighter/simulator';
import { type Command, Option } from 'commander';
import { InputError } from '../input-error.ts';
import { readInteger } from '../option-values.ts';
import { agentDiary } from '../simulate/agents/agent-diary.ts';
import { houseAgent } from '../simulate/agents/house-agent.ts';
import { TWIN_RAILS } from '../simulate/agents/twin-rails.ts';
import { incidentsOf } from '../simulate/incidents-of.ts';
import { renderIncidents } from '../simulate/render-incidents.ts';
import { renderSimulation } from '../simulate/render-simulation.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { CommandContext } from './command-context.ts';

interface SimulateCommandOptions {
  readonly agents: 'on' | 'off';
  readonly seed?: number;
  readonly json?: boolean;
  readonly out?: string;
}

/** Parts of the scenario between two looks at the progress. */
const PROGRESS_STEPS = 40;
const MINUTE_MS = 60_000;

/** Adds `simulate` to the program. */
export function addSimulate(program: Command, context: CommandContext): void {
  program
    .command('simulate')
    .description('a what-if at any scale: a scenario of traffic, resources and faults, run in a twin of AWS and priced')
    .argument('<scenario.yml>', 'see samples/scenarios')
    .addOption(new Option('--agents <state>', 'whether the agents may act').choices(['on', 'off']).default('off'))
    .option('--seed <n>', "another seed than the scenario's", readInteger)
    .option('--json', 'print the report as JSON, and nothing else on stdout')
    .option('--out <file>', 'write the windows of every function, one a line (NDJSON)')
    .action((file: string, options: SimulateCommandOptions) => simulateCommand(file, options, context));
}

/** `lamplighter simulate`: what a scenario does to an application, what it costs, and what goes wrong. */
async function simulateCommand(
  file: string,
  options: SimulateCommandOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const path = resolve(terminal.cwd, file);
  const twin = createTwin(await readScenario(path), options.seed);
  const out = options.out === undefined ? undefined : resolve(terminal.cwd, options.out);
  if (out !== undefined) await write(out, '');
  const started = performance.now();
  const diary = options.agents === 'on' ? agentDiary() : undefined;
  const agent = diary && houseAgent(TWIN_RAILS, diary);
  const windows = await run(twin, { terminal, isSilent: options.json === true, agent });
  const seconds = (performance.now() - started) / 1000;
  if (out !== undefined) await write(out, windows.map((window) => `${JSON.stringify(window)}\n`).join(''));
  const report = reportOf(twin);
  const agents = diary && incidentsOf(report.faults, diary.notes(), twin.scenario);
  const told = { seconds, windows: windows.length, ...(agents && { agents }) };
  if (options.json) return terminal.out(`${JSON.stringify({ ...report, ...told })}\n`);
  const look = { paint: paintFor(terminal, terminal.isOutTty), columns: terminal.columns };
  terminal.out(renderSimulation(report, { ...look, seconds }));
  if (agents !== undefined) terminal.out(`${renderIncidents(agents, look).join('\n')}`);
}

interface Watching {
  readonly terminal: Terminal;
  readonly isSilent: boolean;
  /** Asked once a minute of the scenario. */
  readonly agent: Agent | undefined;
}

async function run(twin: Twin, { terminal, isSilent, agent }: Watching): Promise<FunctionWindow[]> {
  const windows: FunctionWindow[] = [];
  const progress = createProgress(terminal);
  const start = twin.now;
  const stepMs = (twin.endsAt - start) / PROGRESS_STEPS;
  for (let step = 1; step <= PROGRESS_STEPS; step++) {
    for (const window of advance(twin, start + step * stepMs, agent)) windows.push(window);
    if (!isSilent && terminal.isErrTty) progress.update(`simulating ${Math.round((100 * step) / PROGRESS_STEPS)} %`);
    // Lets the terminal draw.
    await new Promise((done) => setImmediate(done));
  }
  for (const window of advance(twin, twin.endsAt, agent)) windows.push(window);
  progress.stop();
  return windows;
}

/** Lets time pass, and the agent act at every minute. */
function* advance(twin: Twin, until: number, agent: Agent | undefined): Generator<FunctionWindow> {
  if (agent === undefined) {
    yield* twin.advanceTo(until);
    return;
  }
  while (twin.now < until) {
    const windows = twin.advanceTo(Math.min(until, (Math.floor(twin.now / MINUTE_MS) + 1) * MINUTE_MS));
    yield* windows;
    for (const action of agent(windows, twin.state())) twin.apply(action);
  }
}

async function readScenario(path: string): Promise<Scenario> {
  const text = await readFile(path, 'utf8').catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EISDIR')
      throw new InputError('unreadable-file', `${path} is a folder.`, await tellScenarios(path), { cause });
    if (cause.code === 'ENOENT')
      throw new InputError('missing-file', `There is no ${path}.`, 'Check the name.', { cause });
    throw new InputError('unreadable-file', `${path} cannot be read.`, 'Name a file that may be read.', { cause });
  });
  return translated(() => parseScenario(text));
}

/** Which files of a folder may be meant. */
async function tellScenarios(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return names.length === 0 ? 'Name a scenario: a .yml file.' : `Name one of its scenarios: ${names.join(', ')}.`;
}

function createTwin(scenario: Scenario, seed: number | undefined): Twin {
  return translated(() => new Twin(seed === undefined ? scenario : { ...scenario, seed }));
}

/** What is wrong with a scenario is the user's to put right. */
function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new InputError(error.code, error.message, error.wayOut, { cause: error });
  }
}

const write = (path: string, text: string): Promise<void> =>
  writeFile(path, text).catch((cause: Error) => {
    throw new InputError('unwritable-file', `${path} cannot be written.`, 'Check the place.', { cause });
  });
