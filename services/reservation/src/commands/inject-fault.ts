/**
 * `pnpm --filter @lamplighter/service-reservation fault [--stage dev] '<JSON>' | clear | restart FUNCTION... | release NAME FUNCTION... | database ACTION [ROWS] [--of payments]`
 *
 * Sets, lifts and shows injected faults of a stage that runs, without a deploy. Exit code 0 done, 2 refused.
 */
import { parseArgs } from 'node:util';
import { stageControls } from '../adapters/stage-controls.ts';
import { PROTECTED_STAGE } from '../runtime/faults/faults-schema.ts';
import { orderedFaults } from '../runtime/faults/order.ts';
import { ServiceError } from '../runtime/service-error.ts';

const USAGE = `Usage: fault [--stage dev] ORDER
  '{"errorRate":{"pct":5}}'                  sets faults; one given as null is lifted; none shows what is set
  clear                                      lifts all
  restart FUNCTION...                        ends the environments of functions
  release NAME FUNCTION...                   gives functions another release
  database ACTION [ROWS] [--of payments]     drop-index, create-index, grow ROWS, shrink, state`;
const EXIT_REFUSED = 2;
/** How errors begin that the surroundings are the reason of, and what to do. */
const WAYS_OUT: readonly (readonly [RegExp, string])[] = [
  [/Region is missing/, 'Set AWS_REGION to where the service is deployed.'],
  [/Credentials|Token|Signature|AccessDenied/, 'Set AWS credentials that may change the stage.'],
  [/ParameterNotFound|ResourceNotFound/, 'Deploy the service in this stage and region first, or name another --stage.'],
  [/ECONN|ENOTFOUND/, 'Nothing answers at AWS_ENDPOINT_URL.'],
];

try {
  await main();
} catch (error) {
  console.error(tellingOf(error));
  process.exitCode = EXIT_REFUSED;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stage: { type: 'string', default: 'dev' }, of: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.stage === PROTECTED_STAGE) orderedFaults(values.stage, {}, {});
  console.log(JSON.stringify(await obey(values, positionals)));
}

/** One line for what a person can put right.  @throws what they cannot */
function tellingOf(error: unknown): string {
  if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
  if (error instanceof SyntaxError) return `FAULTS_INVALID: ${error.message}`;
  const { name, message, code = '' } = error as NodeJS.ErrnoException;
  if (error instanceof RangeError || code.startsWith('ERR_PARSE_ARGS')) return message;
  const said = `${name} ${code} ${message}`;
  const wayOut = WAYS_OUT.find(([reason]) => reason.test(said))?.[1];
  if (wayOut === undefined) throw error;
  return `${name === 'Error' ? message : name}. ${wayOut}`;
}

async function obey(
  { stage, of }: { readonly stage: string; readonly of?: string | undefined },
  [verb = '{}', ...rest]: readonly string[],
): Promise<unknown> {
  const controls = stageControls(stage);
  if (verb === 'clear') return controls.setFaults({});
  if (verb === 'restart')
    return Promise.all(
      some(rest).map((name) => controls.changeEnvironment(name, { RESTARTED: new Date().toISOString() })),
    );
  if (verb === 'release') {
    const [release = '', ...names] = rest;
    return Promise.all(some(names).map((name) => controls.changeEnvironment(name, { RELEASE: release })));
  }
  if (verb === 'database') {
    const [action, rows] = some(rest);
    return controls.stressDatabase({
      action,
      ...(rows === undefined ? {} : { rows: Number(rows) }),
      ...(of === undefined ? {} : { of }),
    });
  }
  return controls.setFaults(orderedFaults(stage, await controls.faults(), JSON.parse(verb)));
}

/** @throws RangeError where an order names nothing to act on */
function some(names: readonly string[]): readonly string[] {
  if (names.length === 0) throw new RangeError(USAGE);
  return names;
}
