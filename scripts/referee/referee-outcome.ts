/** What a referee says in one line. A skipped one could not be asked: on a developer's machine that is no failure, in CI it is. */
export interface RefereeOutcome {
  readonly referee: string;
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly summary: string;
  /** Lines that say what to mend. */
  readonly details?: readonly string[];
}

/** Whether an outcome fails the run. In CI (`CI` is set and not empty) everybody has to be asked: what was not judged is not right. */
export function isFailure(
  { kind }: Pick<RefereeOutcome, 'kind'>,
  { CI }: { readonly CI?: string | undefined },
): boolean {
  return kind === 'failed' || (kind === 'skipped' && CI !== undefined && CI !== '');
}
