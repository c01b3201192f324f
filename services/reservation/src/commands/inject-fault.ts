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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stage: { type: 'string', default: 'dev' }, of: { type: 'string' } },
});
const { stage } = values;
const [verb = '{}', ...rest] = positionals;
const controls = stageControls(stage);

try {
  if (stage === PROTECTED_STAGE) orderedFaults(stage, {}, {});
  console.log(JSON.stringify(await obey()));
} catch (error) {
  if (!(error instanceof ServiceError || error instanceof SyntaxError)) throw error;
  console.error(error instanceof ServiceError ? `${error.code}: ${error.message}` : `FAULTS_INVALID: ${error.message}`);
  process.exitCode = 2;
}

async function obey(): Promise<unknown> {
  if (verb === 'clear') return controls.setFaults({});
  if (verb === 'restart')
    return Promise.all(rest.map((name) => controls.changeEnvironment(name, { RESTARTED: new Date().toISOString() })));
  if (verb === 'release') {
    const [release = '', ...names] = rest;
    return Promise.all(names.map((name) => controls.changeEnvironment(name, { RELEASE: release })));
  }
  if (verb === 'database') {
    const [action, rows] = rest;
    return controls.stressDatabase({
      action,
      ...(rows === undefined ? {} : { rows: Number(rows) }),
      ...(values.of === undefined ? {} : { of: values.of }),
    });
  }
  return controls.setFaults(orderedFaults(stage, await controls.faults(), JSON.parse(verb)));
}
