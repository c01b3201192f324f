import { resolve } from 'node:path';

/** The absolute path of a file as the user names it; `-` is standard input. */
export const inputPath = (cwd: string, file: string): string => (file === '-' ? '/dev/stdin' : resolve(cwd, file));
