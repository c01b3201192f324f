/** `pnpm referee`: others judge our work. cfn-lint reads every packaged template, the AWS CLI drives the sandbox, by commands of its own and by those that the documents have. */
import { askAwsCli } from './ask-aws-cli.ts';
import { askCfnLint } from './ask-cfn-lint.ts';
import { askDocumentedCommands } from './ask-documented-commands.ts';
import type { RefereeOutcome } from './referee-outcome.ts';

const REFEREES: readonly (() => Promise<RefereeOutcome>)[] = [askCfnLint, askAwsCli, askDocumentedCommands];

for (const ask of REFEREES) {
  const { referee, kind, summary, details = [] } = await ask();
  console.log(`${kind}  ${referee}: ${summary}`);
  for (const detail of details) console.log(`  ${detail}`);
  if (kind === 'failed') process.exitCode = 1;
}
