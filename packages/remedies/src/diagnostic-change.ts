import type { Change } from './change.ts';

/** Whether a change lets a function tell more and leaves what it does as it is: nobody has to wait until its effect is known. */
export const isDiagnostic = (change: Change): boolean =>
  change.kind === 'lambda-configuration' && change.memorySizeMb === undefined && change.timeoutS === undefined;
