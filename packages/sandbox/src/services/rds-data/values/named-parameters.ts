/** A statement with PostgreSQL's numbered parameters in the place of named ones. */
export interface NumberedSql {
  readonly sql: string;
  /** Names in the order of their numbers. */
  readonly names: readonly string[];
}

/** Strings (also with escapes), quoted names, comments, dollar quotes and casts, where a colon means nothing; and, last, `:name`. */
const TOKEN =
  /\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|:([A-Za-z_]\w*)/g;

/** Replaces `:name` by `$1`, `$2`… wherever it is a parameter; the same name has one number. */
export function numberParameters(sql: string): NumberedSql {
  const names: string[] = [];
  const numbered = sql.replace(TOKEN, (token, _tag, name: string | undefined) => {
    if (name === undefined) return token;
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { sql: numbered, names };
}
