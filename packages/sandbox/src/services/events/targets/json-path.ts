/** What a path like `$.detail.items[0]` finds, as InputPath and InputPathsMap use it; undefined where there is nothing. */
export function valueAtPath(document: unknown, path: string): unknown {
  let value = document;
  for (const [, quoted, index, name] of path.matchAll(/\['([^']*)'\]|\[(\d+)\]|\.([^.[\]]+)/g)) {
    const key = quoted ?? index ?? (name as string);
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
