import type { Architecture } from '@lamplighter/pricing';

/** What a figure is from and to, where it is not known exactly. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What one memory size would do to duration and cost. */
export interface SizeEstimate {
  readonly memorySizeMb: number;
  /** `measured` in real traffic; `estimated` with a computing share that two sizes gave; `bounded` between all waiting and all computing; `too-small` for the memory in use. */
  readonly basis: 'measured' | 'estimated' | 'bounded' | 'too-small';
  readonly p95Ms: Bounds;
  /** USD of a million calls at list prices. */
  readonly usdPerMillion: Bounds;
}

/** Sizes of one function compared, from its own calls. */
export interface RightSize {
  readonly currentMb: number;
  /** Whose list prices these are. */
  readonly architecture: Architecture;
  readonly calls: number;
  readonly maxMemoryUsedMb: number;
  /** The smallest size with head-room. */
  readonly leastMb: number;
  /** Computing part of the duration at the current size, where several sizes were seen. */
  readonly cpuShare?: number;
  readonly curve: readonly SizeEstimate[];
  readonly recommendation: { readonly memorySizeMb: number; readonly text: string };
}
