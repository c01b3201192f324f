export interface NumberFormat {
  readonly decimal?: '.' | ',' | undefined;
  readonly group?: '.' | ',' | ' ' | "'" | undefined;
  readonly scale?: number | undefined;
}

/** A number as a decimal text with a point, such as 1.250,50 as 1250.50; `undefined` where it is not written so. */
export function readNumber(text: string, { decimal = '.', group, scale = 0 }: NumberFormat): string | undefined {
  const plain = (group === undefined ? text : text.replaceAll(group, '')).replace(decimal, '.');
  const parts = /^([+-]?)(\d{1,15})(?:\.(\d{1,10}))?$/.exec(plain.trim());
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const minus = sign === '-' ? '-' : '';
  if (scale === 0) return `${minus}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  // Digits are moved, not divided, so that no cent is lost.
  const digits = whole.padStart(scale + 1, '0');
  return `${minus}${digits.slice(0, -scale)}.${digits.slice(-scale)}${fraction}`;
}
