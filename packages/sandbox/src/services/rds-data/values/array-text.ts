/** An array as PostgreSQL writes it, `{1,NULL,"a b"}`, taken apart; elements stay text. */
export type TextArray = readonly (string | null | TextArray)[];

/** Reads an array in PostgreSQL's text form. Source: PostgreSQL manual, "Array Input and Output Syntax". */
export function parseArray(text: string): TextArray {
  // An array whose bounds do not begin at 1 is written with them before it: `[0:1]={1,2}`.
  return readArray(text, text.indexOf('{')).elements;
}

interface Read {
  readonly elements: TextArray;
  /** Where what was read ends. */
  readonly end: number;
}

function readArray(text: string, start: number): Read {
  const elements: (string | null | TextArray)[] = [];
  let at = start + 1;
  while (text[at] !== '}') {
    if (at >= text.length) throw new Error(`This is no array: ${text}`);
    if (text[at] === ',') at += 1;
    else if (text[at] === '{') {
      const nested = readArray(text, at);
      elements.push(nested.elements);
      at = nested.end;
    } else {
      const element = text[at] === '"' ? /"((?:[^"\\]|\\.)*)"/sy : /([^,}]*)/y;
      element.lastIndex = at;
      const [written = '', content = ''] = element.exec(text) ?? [];
      elements.push(written === 'NULL' ? null : content.replace(/\\(.)/gs, '$1'));
      at += written.length;
    }
  }
  return { elements, end: at + 1 };
}
