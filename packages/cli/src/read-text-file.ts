import { InputError } from './input-error.ts';
import { openText } from './replay/input/open-text.ts';

/** The whole text of a file of numbers, as log exports are read: plain or gzip, UTF-8 or UTF-16. Throws {@link InputError} for what is no text, or no file. */
export async function readTextFile(path: string): Promise<string> {
  let text = '';
  for await (const chunk of openText(path)) text += chunk;
  if (text.includes('\0')) throw new InputError('unreadable-file', `${path} is no text.`, 'Name a CSV file.');
  return text;
}
