import { createReadStream } from 'node:fs';

/** The values of a file that holds one a line, as JSON. Lines end at LF alone: `node:readline` ends them at U+2028 too, which JSON leaves in a text as it is. */
export async function* jsonLines<Value>(file: string): AsyncGenerator<Value> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    const last = others.pop();
    if (last === undefined) {
      rest += first;
      continue;
    }
    yield JSON.parse(rest + first);
    for (const line of others) yield JSON.parse(line);
    rest = last;
  }
  if (rest !== '') yield JSON.parse(rest);
}
