import { expect, test } from '@jest/globals';
import { runProgram } from '../program.ts';
import { workspaceRoot } from '../stacks/package-stacks.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';

test('of a service of this repository what it is exempt from is taken as its checks take it, and said', async () => {
  const terminal = recordedTerminal({ cwd: workspaceRoot() });

  const code = await runProgram(['coverage', 'services/ingestion', '--minimum', '100'], terminal);

  expect([code, terminal.written.out]).toEqual([0, expect.stringMatching(/monitoring coverage 100 %: .* exempt/)]);
  expect(terminal.written.err).toContain('Exempt is what scripts/coverage/own-exemptions.json says; --exemptions');
});
