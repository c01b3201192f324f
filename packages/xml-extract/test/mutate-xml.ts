/** Numbers from 0 to below 1, the same for the same seed (mulberry32, public domain, by Tommy Ettinger). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pieces at which parsers go wrong. */
const TOKENS: readonly string[] = [
  ...'<>&"\'/=!?-[]:;# \t\r\n',
  ...[
    '\u0000',
    '\u0001',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '😀',
    '\ud83d',
    '\ude00',
    'é',
    '名',
  ],
  ...[
    '&amp;',
    '&lt;',
    '&#10;',
    '&#x1F600;',
    '&#xD800;',
    '&#0;',
    '&#x110000;',
    '&#X41;',
    '&nbsp;',
    '&;',
    '&#;',
    '&#x;',
    '&#00065;',
  ],
  ...['<!--', '-->', '--', '<!-- a -->', '<!---->', '<![CDATA[', ']]>', ']]', '<![CDATA[x]]>', '<!DOCTYPE r>', '<!'],
  ...['<?', '?>', '<?pi?>', '<?pi x?>', '<?xml version="1.0"?>', '<?XML x?>', '<?a:b?>', '<?a??>'],
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '</',
    '/>',
    '<a b="c">',
    '<r:a/>',
    '<:a/>',
    '<a:/>',
    '<r:1/>',
    '</r>',
    '<u:x/>',
    '<xml:a/>',
    '<xmlns:a/>',
  ],
  ...[
    ' x="1"',
    ' x="2"',
    " y='&lt;'",
    ' z="<"',
    ' q:x="1"',
    ' r:x="1"',
    ' xml:lang="en"',
    ' x',
    ' x=',
    ' x=1',
    ' a:b:c="1"',
  ],
  ...[' xmlns="u"', ' xmlns=""', ' xmlns:q="urn:r"', ' xmlns:q=""', ' xmlns:xml="u"', ' xmlns:xmlns="u"'],
  ...[' xmlns:xml="http://www.w3.org/XML/1998/namespace"', ' xmlns:q="http://www.w3.org/2000/xmlns/"'],
  ...['standalone="yes"', 'encoding="UTF-8"', 'version="1.1"', 'version="2.0"', '\r\n', '\n\r'],
];

type Mutation = (xml: string, random: () => number) => string;

const place = (xml: string, random: () => number): number => Math.floor(random() * (xml.length + 1));

/** A boundary of markup, where a change is likelier to leave the document well-formed. */
function seam(xml: string, random: () => number): number {
  const at = xml.indexOf(random() < 0.5 ? '<' : '>', place(xml, random));
  return at < 0 ? place(xml, random) : at + (xml[at] === '>' ? 1 : 0);
}

const MUTATIONS: readonly Mutation[] = [
  (xml, random) => insert(xml, place(xml, random), token(random)),
  (xml, random) => insert(xml, seam(xml, random), token(random)),
  (xml, random) => remove(xml, place(xml, random), 1 + Math.floor(random() * 4)),
  (xml, random) => remove(xml, seam(xml, random), 1 + Math.floor(random() * 30)),
  (xml, random) => insert(remove(xml, place(xml, random), 1), place(xml, random), token(random)),
  (xml, random) => copy(xml, seam(xml, random), seam(xml, random), seam(xml, random)),
  (xml, random) => copy(xml, place(xml, random), place(xml, random), place(xml, random)),
  (xml, random) => (random() < 0.2 ? xml.slice(0, place(xml, random)) : xml),
  (xml, random) => xml.replaceAll('\n', ['\r\n', '\r', ' ', ''][Math.floor(random() * 4)]!),
  (xml) => xml,
];

/** A document with some of its characters changed. */
export function mutateXml(xml: string, random: () => number): string {
  let mutated = xml;
  for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1)
    mutated = MUTATIONS[Math.floor(random() * MUTATIONS.length)]!(mutated, random);
  return mutated;
}

const token = (random: () => number): string => TOKENS[Math.floor(random() * TOKENS.length)]!;
const insert = (xml: string, at: number, text: string): string => xml.slice(0, at) + text + xml.slice(at);
const remove = (xml: string, at: number, length: number): string => xml.slice(0, at) + xml.slice(at + length);

function copy(xml: string, one: number, other: number, to: number): string {
  return insert(xml, to, xml.slice(Math.min(one, other), Math.max(one, other)).slice(0, 400));
}
