/** An error in words of ours: a code for machines, a sentence that holds no guest's data, so that both may be logged. */
export class ServiceError extends Error {
  readonly code: string;

  constructor(code: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'ServiceError';
    this.code = code;
  }
}

/** What may be said of any error: its name and where it was thrown; its words only where they are ours. */
export function speakableError(error: unknown): Error & { readonly code: string } {
  const { name, stack = '', message } = error instanceof Error ? error : new Error('thrown');
  const isOurs = error instanceof ServiceError;
  const code = isOurs ? error.code : name;
  const said = isOurs ? message : `The words of ${name} are withheld: they may be a guest's.`;
  const speakable = Object.assign(new Error(said), { code });
  speakable.name = code;
  speakable.stack = [`${speakable.name}: ${said}`, ...framesOf(stack)].join('\n');
  return speakable;
}

const framesOf = (stack: string): string[] =>
  stack.split('\n').filter((line) => /^\s+at [^\n]+:\d+:\d+\)?$/.test(line));
