import type { Document } from './documents.ts';
import { splitWords } from './split-words.ts';

/** A command as a document has it. */
export interface WrittenCommand {
  /** `docs/operations.md:12`. */
  readonly place: string;
  /** Folder that it is run in, from the root; the root itself is ``. */
  readonly folder: string;
  readonly words: readonly string[];
}

const FENCE = /^```(\w*)\s*$/;

/** The commands of every block that is fenced as `sh`. A block begins in the root; `cd` counts to its end, in parentheses to theirs. */
export function fencedCommands({ path, text }: Document): readonly WrittenCommand[] {
  return shellBlocks(text).flatMap(({ line, lines }) => {
    let folder = '';
    return lines.flatMap((content, index) => {
      const place = `${path}:${line + index}`;
      const isSubshell = /^\(.*\)$/.test(content);
      const { commands, folder: left } = commandsOfLine(isSubshell ? content.slice(1, -1) : content, place, folder);
      if (!isSubshell) folder = left;
      return commands;
    });
  });
}

const INLINE =
  /`(\(cd [^`]+\)|(?:[A-Z_]+=\S+ )?(?:pnpm|npx -y pnpm@10|npx oslsc|lamplighter|node_modules\/\.bin\/node|aws lambda invoke) [^`]+)`/g;

/** Commands that are written in a sentence or a table: code that begins with a program of ours. Square brackets say what may be left out. */
export function inlineCommands({ path, text }: Document): readonly WrittenCommand[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(INLINE)].flatMap(([, code = '']) => {
      const isSubshell = /^\(.*\)$/.test(code);
      const written = code.replaceAll('\\|', '|').replaceAll(/[[\]]/g, ' ');
      return commandsOfLine(isSubshell ? code.slice(1, -1) : written, `${path}:${index + 1}`, '').commands;
    }),
  );
}

function shellBlocks(text: string): readonly { readonly line: number; readonly lines: readonly string[] }[] {
  const blocks: { line: number; lines: string[] }[] = [];
  let language: string | undefined;
  for (const [index, content] of text.split('\n').entries()) {
    const fence = FENCE.exec(content);
    if (fence !== null) {
      language = language === undefined ? (fence[1] ?? '') : undefined;
      if (language === 'sh') blocks.push({ line: index + 2, lines: [] });
    } else if (language === 'sh') addLine(blocks.at(-1)?.lines, content);
  }
  return blocks;
}

/** A line that ends in a backslash goes on in the next; an empty one stands in its place, so that lines keep their numbers. */
function addLine(lines: string[] | undefined, content: string): void {
  const at = lines?.findIndex((line) => line.endsWith('\\')) ?? -1;
  if (lines === undefined) return;
  if (at < 0) lines.push(content);
  else {
    lines[at] = `${lines[at]?.slice(0, -1)}${content}`;
    lines.push('');
  }
}

function commandsOfLine(
  content: string,
  place: string,
  from: string,
): { readonly commands: readonly WrittenCommand[]; readonly folder: string } {
  let folder = from;
  const commands: WrittenCommand[] = [];
  for (const part of content.split(' && ')) {
    const words = splitWords(part);
    if (words.length === 0) continue;
    if (words[0] === 'cd') folder = walk(folder, words[1] ?? '');
    else commands.push({ place, folder, words });
  }
  return { commands, folder };
}

function walk(folder: string, path: string): string {
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}
