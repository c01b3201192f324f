/** `pnpm check:coverage`: whether our own stacks are watched; exemptions with their reasons are in coverage/own-exemptions.json. */
import { summariseCoverage } from '../packages/coverage/src/index.ts';
import { assessOwnServices, faultsOf } from './coverage/assess-own-services.ts';

for (const own of await assessOwnServices()) {
  const faults = faultsOf(own);
  console.log(`${faults.length === 0 ? 'passed' : 'FAILED'}  ${own.name}: ${summariseCoverage(own.report)}`);
  for (const fault of faults) console.log(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
