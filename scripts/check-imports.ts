/** `pnpm check:imports`: who may import whom. Fails too when a source was not looked at. */
import { cruiseImports } from './imports/cruise-imports.ts';
import { IMPORT_RULES } from './imports/import-rules.ts';
import { REPOSITORY } from './workspace-services.ts';

const { modules, violations, missed } = await cruiseImports(REPOSITORY);
for (const violation of violations) console.error(violation);
for (const file of missed) console.error(`not looked at: ${file}`);
for (const name of new Set(violations.map((violation) => violation.split(':')[0]))) {
  console.error(`  ${name}: ${IMPORT_RULES.find((rule) => rule.name === name)?.comment}`);
}
console.log(
  `${modules} modules, ${IMPORT_RULES.length} rules, ${violations.length} violations, ${missed.length} missed`,
);
if (violations.length + missed.length > 0) process.exitCode = 1;
