/** `pnpm referee`: others judge our work. cfn-lint reads every packaged template, the AWS CLI drives the sandbox, by commands of its own and by those that the documents have. In CI each has to be asked. */
import { askAwsCli } from './ask-aws-cli.ts';
import { askCfnLint } from './ask-cfn-lint.ts';
import { askDocumentedCommands } from './ask-documented-commands.ts';
import { isFailure, type RefereeOutcome } from './referee-outcome.ts';

const REFEREES: readonly (() => Promise<RefereeOutcome>)[] = [askCfnLint, askAwsCli, askDocumentedCommands];

for (const ask of REFEREES) {
  const outcome = await ask();
  const { referee, kind, summary, details = [] } = outcome;
  console.log(`${kind}  ${referee}: ${summary}`);
  for (const detail of details) console.log(`  ${detail}`);
  if (isFailure(outcome, process.env)) process.exitCode = 1;
}
