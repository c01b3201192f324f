import { XMLParser } from 'fast-xml-parser';
import { s3Error } from './s3-error.ts';
import type { XmlContent } from './xml.ts';

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** The content of a request document's root element; throws `MalformedXML` for anything else. */
export function parseXml(body: Buffer, root: string): XmlContent {
  try {
    const content = (parser.parse(body.toString('utf8'), true) as XmlContent)[root];
    if (typeof content === 'object' && content !== null) return content as XmlContent;
    if (content === '') return {};
  } catch {
    // Not XML at all: refused below like XML of another shape.
  }
  throw s3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  );
}

/** An element that may stand once, more often, or not at all. */
export function listOf(content: XmlContent, name: string): readonly XmlContent[] {
  const value = content[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as XmlContent];
}
