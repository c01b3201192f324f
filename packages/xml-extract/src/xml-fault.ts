/** Why a document is refused: a limit, a forbidden feature, an encoding, or the rule of well-formedness that it breaks. */
export type XmlFaultCode =
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'TOO_MANY_ATTRIBUTES'
  | 'TOO_MANY_NAMESPACES'
  | 'TOO_MANY_RECORDS'
  | 'NAME_TOO_LONG'
  | 'TEXT_TOO_LONG'
  | 'DTD_FORBIDDEN'
  | 'ENCODING_UNSUPPORTED'
  | 'ENCODING_INVALID'
  | 'ILLEGAL_CHARACTER'
  | 'BAD_NAME'
  | 'BAD_TAG'
  | 'BAD_ATTRIBUTE'
  | 'DUPLICATE_ATTRIBUTE'
  | 'BAD_REFERENCE'
  | 'UNDEFINED_ENTITY'
  | 'BAD_COMMENT'
  | 'BAD_INSTRUCTION'
  | 'BAD_DECLARATION'
  | 'BAD_NAMESPACE'
  | 'UNBOUND_PREFIX'
  | 'CDATA_END_IN_TEXT'
  | 'MISMATCHED_TAG'
  | 'TEXT_OUTSIDE_ROOT'
  | 'SECOND_ROOT'
  | 'NO_ROOT'
  | 'UNEXPECTED_END';

/** A refusal as plain data. `reason` is one sentence that quotes names at most, never text or attribute values. */
export interface XmlFault {
  readonly code: XmlFaultCode;
  readonly reason: string;
  /** UTF-16 units before the place in the decoded document. */
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
  /** UTF-16 units in the line, counted from 1. */
  readonly column: number;
}

/** Thrown inside a scan; what leaves the package is {@link XmlFault}. */
export class XmlFaultError extends Error {
  override readonly name = 'XmlFaultError';
  readonly code: XmlFaultCode;
  readonly offset: number;

  constructor(code: XmlFaultCode, offset: number, reason: string) {
    super(reason);
    this.code = code;
    this.offset = offset;
  }
}

/** Where in the document, and why. */
export function describeFault({ code, offset, message }: XmlFaultError, document: string): XmlFault {
  const { line, column } = locate(document, offset);
  return { code, reason: message, offset, line, column };
}

/** A line ends with LF, CR LF or CR, as in XML 1.0 section 2.11. */
function locate(document: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (const lineEnd of document.slice(0, offset).matchAll(/\r\n?|\n/g)) {
    line += 1;
    lineStart = lineEnd.index + lineEnd[0].length;
  }
  return { line, column: offset - lineStart + 1 };
}
