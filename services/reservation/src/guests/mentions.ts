import type { LookupKind } from '../domain/pii/classification.ts';

/** An identifier as it was written somewhere. */
export interface Written {
  readonly kind: LookupKind;
  readonly text: string;
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi;
const LAST_CODE_POINT = 0x10ffff;
/** What people write between digits and letters of numbers. */
const BETWEEN = '[\\s()./-]*';

/** A test whether a raw message mentions somebody: by e-mail, phone or membership, however they are spaced, or by all parts of a name. */
export function mentions(people: readonly Written[]): (raw: string) => boolean {
  const tests = people.map(({ kind, text }) => testOf(kind, text)).filter((one) => one !== undefined);
  return (raw) => {
    const text = withoutEntities(raw).normalize('NFC').toLowerCase();
    return tests.some((isMentioned) => isMentioned(text));
  };
}

function testOf(kind: LookupKind, written: string): ((text: string) => boolean) | undefined {
  const lower = written.normalize('NFC').trim().toLowerCase();
  if (kind === 'email') return (text) => text.includes(lower);
  if (kind === 'name') {
    const parts = lower.split(/\s+/);
    return (text) => parts.every((part) => text.includes(part));
  }
  const significant =
    kind === 'phone' ? lower.replace(/\D/g, '').replace(/^0+/, '') : lower.replace(/[^\p{L}\p{N}]/gu, '');
  if (significant === '') return undefined;
  const spaced = new RegExp([...significant].join(BETWEEN), 'u');
  return (text) => spaced.test(text);
}

const withoutEntities = (raw: string): string =>
  raw.replace(ENTITY, (entity, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? entity;
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return codePoint <= LAST_CODE_POINT ? String.fromCodePoint(codePoint) : entity;
  });
