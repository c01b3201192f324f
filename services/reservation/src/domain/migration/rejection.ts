/** Why a row of a history file is not loaded. A closed list: reports count by it. */
export const REJECTION_CODES = [
  'LINE_TOO_LONG',
  'NOT_UTF8',
  'UNBALANCED_QUOTES',
  'WRONG_COLUMN_COUNT',
  'NOT_JSON',
  'MISSING_VALUE',
  'NOT_A_TIME',
  'NOT_A_DAY',
  'NOT_AN_AMOUNT',
  'NOT_A_NUMBER',
  'NOT_A_CURRENCY',
  'UNKNOWN_STATUS',
  'VALUE_TOO_LONG',
  'DEPARTURE_BEFORE_ARRIVAL',
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** A row that is not loaded, without any of its values: whoever may read the source finds it by its line. */
export interface Rejection {
  readonly code: RejectionCode;
  /** The field of the domain that it is about. */
  readonly field?: string;
}

/** Thrown inside the reading of a row, and caught at its edge: one bad row is an outcome, no error. */
export class RowRejected extends Error {
  readonly rejection: Rejection;

  constructor(code: RejectionCode, field?: string) {
    super(field === undefined ? code : `${code}: ${field}`);
    this.rejection = field === undefined ? { code } : { code, field };
  }
}
