/** What a referee says in one line. A skipped one could not be asked; that is no failure. */
export interface RefereeOutcome {
  readonly referee: string;
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly summary: string;
  /** Lines that say what to mend. */
  readonly details?: readonly string[];
}
