import { resolve, sep } from 'node:path';
import { InputError } from '../input-error.ts';

/** What the user said about log groups: `NAME` for every file, or `PATH=NAME` for the files at or below a path. */
export type LogGroupOf = (file: string) => string | undefined;

/** CreateLogGroup: 1 to 512 of these characters. */
const NAME = /^[a-zA-Z0-9_\-/.#]{1,512}$/;

/** Reads `--log-group`, given any number of times; paths are relative to `cwd`. The longest path that fits a file decides. */
export function readLogGroups(values: readonly string[], cwd: string): LogGroupOf {
  const rules = values.map((value) => {
    const split = value.lastIndexOf('=');
    const name = value.slice(split + 1);
    if (!NAME.test(name)) {
      throw new InputError(
        'usage',
        `--log-group ${value}: ${name || 'nothing'} is no log group name.`,
        'Use letters, digits and _ - / . #, e.g. /aws/lambda/orders.',
      );
    }
    return { path: split < 0 ? undefined : resolve(cwd, value.slice(0, split)), name };
  });
  return (file) => {
    const fitting = rules.filter(({ path }) => path === undefined || file === path || file.startsWith(path + sep));
    return fitting.sort((a, b) => (b.path?.length ?? -1) - (a.path?.length ?? -1))[0]?.name;
  };
}
