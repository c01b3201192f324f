import { describe, expect, test } from '@jest/globals';
import { runProgram } from '../../packages/cli/src/program.ts';
import { recordedTerminal } from '../../packages/cli/src/testing/recorded-terminal.ts';
import { paramsOf } from './commands/framework-commands.ts';
import { problemsOfSettings } from './commands/settings-blocks.ts';
import { problemOfCommand } from './commands/verify-command.ts';
import { readDocuments, readInnerDocuments } from './markdown/documents.ts';
import { splitWords } from './markdown/split-words.ts';
import { fencedCommands, inlineCommands } from './markdown/written-commands.ts';

const documents = readDocuments();

async function problems(commands: ReturnType<typeof fencedCommands>): Promise<readonly string[]> {
  const found = await Promise.all(commands.map(problemOfCommand));
  return found.filter((problem) => problem !== undefined);
}

describe('what the documents tell people to type', () => {
  test.each([...documents, ...readInnerDocuments()])(
    '$path: every command is one that works, or that the referee tries',
    async (document) => {
      expect(await problems([...fencedCommands(document), ...inlineCommands(document)])).toEqual([]);
    },
  );

  test.each(documents)(
    '$path: every setting that it has written is one of its service, or of the plugin',
    (document) => {
      expect(problemsOfSettings(document)).toEqual([]);
    },
  );

  // Of a profile's own region an empty answer would look like good news, and a switch would be turned where nothing listens.
  test.each(['docs/getting-started.md', 'docs/operations.md'])(
    '%s names the region before anything is asked',
    (path) => {
      const commands = documents.filter((document) => document.path === path).flatMap(fencedCommands);
      const region = commands.findIndex(({ words }) => words.join(' ').startsWith('export AWS_REGION='));
      expect(region).toBeGreaterThanOrEqual(0);
      expect(commands.findIndex(({ words }) => words[0] === 'aws')).toBeGreaterThan(region);
      const asking = commands.filter(({ words }) => words.includes('--stage') && words.includes('lamplighter'));
      expect(asking.filter(({ words }) => !words.includes('--region')).map(({ place }) => place)).toEqual([]);
    },
  );

  test('all of it is read, and what stands behind `cd` too', () => {
    const all = documents.flatMap(fencedCommands);
    expect(all.length).toBeGreaterThan(40);
    expect(new Set(all.map(({ place }) => place.split(':')[0])).size).toBeGreaterThan(4);
    expect(new Set(all.map(({ folder }) => folder))).toContain('services/ingestion');
  });
});

describe('what the helps of lamplighter give as examples', () => {
  const helpOf = async (...words: readonly string[]): Promise<string> => {
    const terminal = recordedTerminal({ columns: 400 });
    await runProgram([...words, '--help'], terminal);
    return terminal.written.out;
  };

  test('every command has some, and each is one that works', async () => {
    const names = [...(await helpOf()).matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(12);
    for (const name of names) {
      const [, examples = ''] = (await helpOf(name)).split('\nExamples:\n');
      const commands = fencedCommands({ path: `${name} --help`, text: `\`\`\`sh\n${examples}\`\`\`\n` });
      expect([name, commands.length > 0, await problems(commands)]).toEqual([name, true, []]);
    }
  });
});

describe('a command that does not work is told', () => {
  const sh = (line: string): Promise<readonly string[]> =>
    problems(fencedCommands({ path: 'docs/x.md', text: `\`\`\`sh\n${line}\n\`\`\`\n` }));

  test.each([
    ['pnpm dance', 'no script dance'],
    ['pnpm bench nothing', 'no benchmark nothing'],
    ['pnpm test packages/nowhere', 'nothing at packages/nowhere'],
    ['npx -y pnpm@10 lamplighter audit ID --loudly', 'no option --loudly'],
    ['pnpm lamplighter replay x.json --door window', '--door is one of direct, stream'],
    ['pnpm lamplighter explain', '0 arguments'],
    ['pnpm lamplighter sing', 'no command sing'],
    ['(cd services/ingestion && npx sls deploy --param gate=open)', 'no parameter gate=open'],
    ['npx sls deploy', 'the root is no service'],
    ['npx oslsc deploy --region eu-west-1', 'no option --region'],
    ['cd services/none && npx sls deploy', 'no folder services/none'],
    ['node_modules/.bin/node scripts/bench.ts --fast', 'reads no option --fast'],
    ['npm install --save-dev serverless-lamplighter', 'not the packed serverless-lamplighter'],
    ['npm install --save-dev ../serverless-lamplighter-0.0.9.tgz', 'of version 0.1.0'],
    ['cp settings/none.yml settings/prod.yml', 'nothing to copy'],
    ['curl https://example.com', 'not a signed request'],
    ['curl --aws-sigv4 x "$API/api/nowhere"', 'the console has no /api/nowhere'],
    ['wget https://example.com', 'no test and no referee knows it'],
    ['pnpm demo --bogus', 'reads no option --bogus'],
    ['pnpm traffic --x', 'reads no option --x'],
    ['aws lambda invoke --function-name x', 'no file for the answer'],
    [`aws lambda invoke --function-name x --payload '{}' out.json`, 'base64'],
  ])('%s', async (line, problem) => {
    expect(await sh(line)).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    ['Run `(cd services/none && npx sls deploy)`.', 'no folder services/none'],
    ['`npx oslsc dance`', 'dance is not a command'],
    ['`NIGHTLY=1 pnpm dance`', 'no script dance'],
    [`\`aws lambda invoke --function-name x --payload '{}' y\``, 'base64'],
  ])('in a sentence: %s', async (text, problem) => {
    expect(await problems(inlineCommands({ path: 'docs/x.md', text }))).toEqual([expect.stringContaining(problem)]);
  });

  test('a setting that no service and no plugin reads is told', () => {
    const block = (text: string) => problemsOfSettings({ path: 'docs/x.md', text: `\`\`\`yaml\n${text}\n\`\`\`\n` });
    expect(block('ingestion:\n  gate: open')).toEqual(['docs/x.md: ingestion has no parameter gate']);
    expect(block('custom:\n  lamplighter:\n    trace: true')).toEqual(['docs/x.md: the plugin has no option trace']);
    expect(block('nobody:\n  x: 1')).toEqual(['docs/x.md: nobody reads nobody']);
  });

  test('parentheses keep a folder to themselves, a line that ends in a backslash goes on', async () => {
    const text = '```sh\n(cd services/ingestion && npx sls info)\npnpm lamplighter \\\n  audit ID\n```';
    expect(fencedCommands({ path: 'x.md', text }).map(({ place, folder, words }) => [place, folder, words[1]])).toEqual(
      [
        ['x.md:2', 'services/ingestion', 'sls'],
        ['x.md:3', '', 'lamplighter'],
      ],
    );
  });
});

test('words are split as a shell does', () => {
  expect(splitWords(`aws x --a '{"b": "c d"}' --q "X[].Y" --n a#b # a comment, isn't it`)).toEqual([
    ...['aws', 'x', '--a', '{"b": "c d"}', '--q', 'X[].Y', '--n', 'a#b'],
  ]);
});

test('parameters are those of the services', () => {
  expect(paramsOf('services/ingestion')).toContain('auditDays');
  expect(paramsOf('services/backbone')).toEqual(['archiveDays']);
});
