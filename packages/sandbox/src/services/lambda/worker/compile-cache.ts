import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';

let isKept = false;

/** Takes V8's code of what is loaded from here on from beside the runtime, where an environment before this one left it, by its path from there. */
export function useCompiled(): void {
  enableCompileCache({ directory: path.join(import.meta.dirname, 'compiled'), portable: true });
}

/** Leaves what was compiled to the environments that come after; called when the first invocation is over, so that the functions of a handler are among it. */
export function keepCompiled(): void {
  if (isKept) return;
  isKept = true;
  flushCompileCache();
}
