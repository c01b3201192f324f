import { createHash } from 'node:crypto';

/** What errors of one kind have in common. */
export interface ErrorFingerprint {
  /** 16 hex digits: equal for equal types and equal templates. */
  readonly fingerprint: string;
  /** The message's first line without the type that it may begin with, its varying parts as `<text>`, `<time>`, `<id>`, `<address>`, `<n>`. */
  readonly template: string;
}

/** Nobody tells errors apart by what comes later; it bounds the work for a hostile message. */
const MAX_MESSAGE_CHARS = 2_000;
const MAX_TEMPLATE_CHARS = 200;

/**
 * What varies from one occurrence to the next, in the order in which it is looked for: the wider pattern first. Each pattern is linear.
 * A number within a word is masked from its third digit on, so that `S3`, `utf8` and `EC2` stay what they are. An HTTP status is no number: 404 is another kind of error than 503.
 */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/(?<!\w)"[^"\n]*"|(?<!\w)'[^'\n]*'(?!\w)|`[^`\n]*`|“[^”\n]*”|«[^»\n]*»/g, '<text>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/gi, '<id>'],
  [/\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '<address>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, '<address>'],
  [/\b0x[0-9a-f]+\b/gi, '<id>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, '<id>'],
  [/\b(?=[A-Za-z]*\d)[A-Za-z0-9_]{20,}\b/g, '<id>'],
  [
    /(?<!\b(?:status ?code|HTTP)[:=]? ?(?=[1-5]\d\d(?!\d))\d{0,2})(?:(?<![A-Za-z_])[+-]?\d+(?:[.,:]\d+)*|\d{3,})/gi,
    '<n>',
  ],
];

/**
 * The kind of an error, from its type and message: numbers, ids, times, addresses and quoted text are masked, so that the errors of one
 * line of code count as one, whether or not the message repeats the type. The type alone decides where there is no message. Pure; never throws.
 */
export function fingerprintOf(errorType: string | undefined, message: string | undefined): ErrorFingerprint {
  const line = (message ?? '').slice(0, MAX_MESSAGE_CHARS).trimStart().split('\n', 1)[0] ?? '';
  const said = errorType && line.startsWith(`${errorType}: `) ? line.slice(errorType.length + 2) : line;
  const masked = VARYING.reduce((text, [pattern, mask]) => text.replace(pattern, mask), said)
    .replace(/\s+/g, ' ')
    .trim();
  const fingerprint = createHash('sha256')
    .update(`${errorType ?? ''}\n${masked}`)
    .digest('hex')
    .slice(0, 16);
  return { fingerprint, template: masked.slice(0, MAX_TEMPLATE_CHARS) };
}
