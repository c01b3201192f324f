/** What an XML answer is made of: an array repeats its element, `undefined` leaves it out. */
export type XmlValue =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** Renders one root element with an XML declaration. `attributes` go to the root: `{ xmlns: … }`. */
export function renderXml(
  root: Readonly<Record<string, XmlValue>>,
  attributes: Readonly<Record<string, string>> = {},
): string {
  const [name, value] = Object.entries(root)[0] ?? ['', undefined];
  const written = Object.entries(attributes).map(([key, text]) => ` ${key}="${escapeXml(text)}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${written.join('')}>${content(value)}</${name}>`;
}

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((one) => element(name, one)).join('');
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: XmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return escapeXml(String(value));
  if (isList(value)) throw new Error('An XML root cannot be a list.');
  return Object.entries(value)
    .map(([name, member]) => element(name, member))
    .join('');
}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/** Escapes markup, and drops the control characters that XML 1.0 cannot hold. */
export function escapeXml(text: string): string {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[&<>"'\r]/g, (c) => ESCAPES[c]!);
}
