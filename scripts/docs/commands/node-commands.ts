import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../workspace-services.ts';
import type { WrittenCommand } from '../markdown/written-commands.ts';
import { readsOption } from './reads-option.ts';

/** What is wrong with `node_modules/.bin/node FILE --option …`: Node, the file or an option that it does not read is not there. */
export function problemOfNode({ folder, words }: WrittenCommand): string | undefined {
  const [program = '', file = '', ...rest] = words;
  if (!existsSync(join(REPOSITORY, folder, program))) return `${program} is not there`;
  const path = join(REPOSITORY, folder, file);
  if (!existsSync(path)) return `${file} is not there`;
  const text = readFileSync(path, 'utf8');
  const unknown = rest.find((word) => word.startsWith('--') && !readsOption(text, word));
  return unknown && `${file} reads no option ${unknown}`;
}
