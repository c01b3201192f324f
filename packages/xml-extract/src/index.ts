export { checkDocument, compileExtractor, type Extract, type Extraction } from './compile-extractor.ts';
export { type OutlinedPath, outlineDocument } from './outline-document.ts';
export { coversPath } from './plan/covers-path.ts';
export type {
  Detail,
  DocumentShape,
  Extracted,
  GroupShape,
  Paths,
  ReadValue,
  RecordShape,
} from './plan/shape.ts';
export { DEFAULT_LIMITS, type Limits } from './scan/limits.ts';
export type { XmlFault, XmlFaultCode } from './scan/xml-fault.ts';
