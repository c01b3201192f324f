import { renderXml, type XmlValue } from '../../../core/protocols/xml.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** What a document is made from: an array repeats its element, absent members are left out. */
export type XmlContent = Readonly<Record<string, unknown>>;

/** A whole document; all but errors have S3's namespace on their root. */
export function xmlDocument(root: string, content: XmlContent): string {
  return renderXml({ [root]: content as XmlValue }, root === 'Error' ? {} : { xmlns: NAMESPACE });
}
