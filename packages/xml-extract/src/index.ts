export { checkDocument, compileExtractor, type Extract, type Extraction } from './compile-extractor.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
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
export type { XmlFault, XmlFaultCode } from './xml-fault.ts';
