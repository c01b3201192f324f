import type { LoggedError } from '../../log-record.ts';
import { goError } from './go-error.ts';
import { javaError } from './java-error.ts';
import { brefError, nodeCrash } from './node-error.ts';
import { rubyError } from './ruby-error.ts';
import { panic, rustError } from './rust-error.ts';

/** Errors in lines without columns: java, ruby, go, rust and php write theirs so, and node when it ends. */
export function plainError(line: string): LoggedError | undefined {
  return (
    goError(line) ??
    javaError(line) ??
    rubyError(line) ??
    panic(line) ??
    rustError(line) ??
    brefError(line) ??
    nodeCrash(line) ??
    unknownError(line)
  );
}

function unknownError(line: string): LoggedError | undefined {
  if (!line.startsWith('Unknown application error occurred')) return undefined;
  const type = /\n(\w[\w.]*)/.exec(line)?.[1] ?? 'Runtime.Unknown';
  return { type, message: 'Unknown application error occurred', isUncaught: true };
}
