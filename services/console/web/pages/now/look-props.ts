import type { Now } from '../../../src/api/get-now.ts';

/** What a part of Now shows, and how it asks anew after something was done. */
export interface LookProps {
  readonly now: Now;
  readonly refresh: () => void;
}
