/** What happens to a package that was asked for. */
export interface PackagingEvent {
  /** `waiting` after 10 s in which another process has been packaging the same service. */
  readonly kind: 'started' | 'waiting' | 'packaged' | 'cached';
  readonly service: string;
  readonly stage: string;
  readonly region: string;
  /** The process that is waited for, where it is known. */
  readonly pid?: number;
}

/** Told what happens to a package that was asked for. */
export type PackagingProgress = (event: PackagingEvent) => void;

/** A line for whoever waits; undefined where there is nothing to wait for. */
export function describePackaging({ kind, service, pid }: PackagingEvent): string | undefined {
  if (kind === 'started') return `packaging ${service} (once; afterwards it comes from a cache)`;
  if (kind !== 'waiting') return undefined;
  return `waiting for another packaging of ${service}${pid === undefined ? '' : `, by process ${pid}`}`;
}
