import { runProgram } from '../../../packages/cli/src/program.ts';
import { recordedTerminal } from '../../../packages/cli/src/testing/recorded-terminal.ts';

/** What is wrong with the arguments of `lamplighter`, held against what its own help says of the command. */
export async function problemOfLamplighter(words: readonly string[]): Promise<string | undefined> {
  const [name = '', ...rest] = words;
  const terminal = recordedTerminal({ columns: 400 });
  const code = await runProgram([name, '--help'], terminal);
  const help = terminal.written.out;
  if (code !== 0 || !help.startsWith(`Usage: lamplighter ${name} `)) return `lamplighter has no command ${name}`;
  return problemOfArguments(help, rest);
}

function problemOfArguments(help: string, words: readonly string[]): string | undefined {
  let given = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      given += 1;
      continue;
    }
    const option = optionOf(help, word);
    if (option === undefined) return `there is no option ${word}`;
    if (!option.takesValue) continue;
    at += 1;
    const value = words[at];
    if (value === undefined || value.startsWith('--')) return `${word} takes a value`;
    const isSynopsis = value.includes('|') || value === value.toUpperCase();
    if (option.choices !== undefined && !isSynopsis && !option.choices.includes(value))
      return `${word} is one of ${option.choices.join(', ')}, not ${value}`;
  }
  return problemOfCount(help, given);
}

function optionOf(
  help: string,
  word: string,
): { readonly takesValue: boolean; readonly choices?: readonly string[] } | undefined {
  // A description may be broken into lines; the next option begins with two spaces and a dash.
  const line = new RegExp(`^  ${word}( <[^>]+>)?  [\\s\\S]*?(?=\\n  -|\\n\\n|$(?![\\s\\S]))`, 'm').exec(
    help.replaceAll(/\n {3,}/g, ' '),
  );
  if (line === null) return undefined;
  const choices = /\(choices: ([^)]*?)(?:, default: [^)]*)?\)/.exec(line[0])?.[1];
  return {
    takesValue: line[1] !== undefined,
    ...(choices !== undefined && { choices: [...choices.matchAll(/"([^"]+)"/g)].map(([, value = '']) => value) }),
  };
}

/** The usage names what has to be there in angle brackets, what may be in square ones. */
function problemOfCount(help: string, given: number): string | undefined {
  const usage = help.slice(0, help.indexOf('\n'));
  const needed = [...usage.matchAll(/<[^>]+>/g)].length;
  const allowed = usage.includes('...')
    ? Number.POSITIVE_INFINITY
    : needed + [...usage.matchAll(/\[(?!options)[^\]]+\]/g)].length;
  return given >= needed && given <= allowed ? undefined : `${given} arguments where ${usage.replace(/^Usage: /, '')}`;
}
