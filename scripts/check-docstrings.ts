/** Whether everything that the packages open to others says what it is: exports of their entries, and public methods of exported classes. */
import { relative } from 'node:path';
import ts from 'typescript';
import { packageEntries } from './docstrings/package-entries.ts';
import { undocumentedExports } from './docstrings/undocumented-exports.ts';
import { REPOSITORY } from './workspace-services.ts';

const { config } = ts.readConfigFile(`${REPOSITORY}/tsconfig.base.json`, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, REPOSITORY);
const { count, undocumented } = undocumentedExports(packageEntries(REPOSITORY), options);
for (const { name, file, line } of undocumented)
  console.log(`${relative(REPOSITORY, file)}:${line}  ${name} has no docstring`);
console.log(`${count} public functions, types and classes, ${undocumented.length} without a docstring`);
if (undocumented.length > 0) process.exitCode = 1;
