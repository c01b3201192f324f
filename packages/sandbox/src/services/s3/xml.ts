const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** What an XML document is made from: an array repeats its element, absent members are left out. */
export type XmlContent = Readonly<Record<string, unknown>>;

/** A whole document with S3's namespace on its root. */
export function xmlDocument(root: string, content: XmlContent): string {
  const namespace = root === 'Error' ? '' : ` xmlns="${NAMESPACE}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${elements(content)}</${root}>`;
}

function elements(content: XmlContent): string {
  return Object.entries(content)
    .map(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => element(name, item)).join(''))
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === undefined) return '';
  const inner = typeof value === 'object' && value !== null ? elements(value as XmlContent) : escaped(String(value));
  return `<${name}>${inner}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(
    /[&<>"\u0000-\u0008\u000b-\u001f]/g,
    (character) =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? `&#${character.charCodeAt(0)};`,
  );
}
