/** `pnpm check:imports`: who may import whom, and that what is pure looks at no clock, chance or environment. Fails too when a source was not looked at. */
import { cruiseImports } from './imports/cruise-imports.ts';
import { IMPORT_RULES } from './imports/import-rules.ts';
import { impureUses } from './imports/impure-uses.ts';
import { listSources } from './imports/list-sources.ts';
import { REPOSITORY } from './workspace-services.ts';

const { modules, violations, missed } = await cruiseImports(REPOSITORY);
const impure = impureUses(REPOSITORY, listSources(REPOSITORY));
for (const violation of violations) console.error(violation);
for (const use of impure) console.error(`not pure: ${use}`);
for (const file of missed) console.error(`not looked at: ${file}`);
for (const name of new Set(violations.map((violation) => violation.split(':')[0]))) {
  console.error(`  ${name}: ${IMPORT_RULES.find((rule) => rule.name === name)?.comment}`);
}
console.log(
  `${modules} modules, ${IMPORT_RULES.length} rules, ${violations.length} violations, ${impure.length} impure uses, ${missed.length} missed`,
);
if (violations.length + impure.length + missed.length > 0) process.exitCode = 1;
