const CODE = /^[A-Za-z][A-Za-z0-9_.-]{0,79}$/;

/**
 * The only fields a log line can have, and what each looks like. A guest's field is none of them, and a value that does
 * not look like its kind is withheld: names, addresses and numbers of people have no way into a log.
 */
const FIELDS = {
  /** Name of a Kinesis stream. */
  stream: /^[\w.-]{1,128}$/,
  sequenceNumber: /^\d{1,128}$/,
  shard: /^shardId-\d{12}$/,
  /** What became of a message, or of a request. */
  outcome: CODE,
  /** A code of ours: of a reason, an error, a fault. */
  code: CODE,
  errorName: CODE,
  /** A function's or dependency's name. */
  name: CODE,
  /** A keyed hash or a digest. */
  digest: /^[0-9a-f]{16,64}$/,
  /** The source of legacy files, as its mapping names it. */
  source: /^[a-z0-9][a-z0-9-]{0,63}$/,
  line: 'number',
  column: 'number',
  reservations: 'number',
  setAside: 'number',
  doubts: 'number',
  records: 'number',
  bytes: 'number',
  revision: 'number',
  attempts: 'number',
  status: 'number',
  durationMs: 'number',
  count: 'number',
} as const;

type FieldName = keyof typeof FIELDS;
export type LogFields = {
  readonly [K in FieldName]?: ((typeof FIELDS)[K] extends 'number' ? number : string) | undefined;
};
export type LogLevel = 'info' | 'warn' | 'error';
/** Writes one line: JSON with level, what happened in words of ours, and the fields. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** Logs to the function's log through the console, which adds time and request ID. */
export const safeLog: Log = (level, message, fields = {}) => console[level](logLine(level, message, fields));

/** A log line. Fields that are none of ours are left out, whatever the types say. */
export function logLine(level: LogLevel, message: string, fields: LogFields): string {
  const known = Object.keys(FIELDS) as FieldName[];
  const said = known.filter((name) => fields[name] !== undefined).map((name) => [name, speakable(name, fields[name])]);
  return JSON.stringify({ level, message, ...Object.fromEntries(said) });
}

function speakable(name: FieldName, value: unknown): unknown {
  const kind = FIELDS[name];
  const isOfKind = kind === 'number' ? Number.isFinite(value) : typeof value === 'string' && kind.test(value);
  return isOfKind ? value : 'withheld';
}
