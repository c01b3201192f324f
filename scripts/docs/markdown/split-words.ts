const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|(\s+)|(#)|([^\s'"#]+|#)/g;

/** Words of a command as a shell would take them, for what stands in documents: quotes, and comments that `#` begins; no expansion. */
export function splitWords(command: string): readonly string[] {
  const words: string[] = [];
  let isNew = true;
  for (const [piece, single, double, space, hash] of command.matchAll(PIECE)) {
    if (space !== undefined) {
      isNew = true;
      continue;
    }
    if (hash !== undefined && isNew) break;
    const text = single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? piece;
    if (isNew) words.push(text);
    else words.push(`${words.pop() ?? ''}${text}`);
    isNew = false;
  }
  return words;
}
