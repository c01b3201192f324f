/** Base of Lamplighter's own errors: a stable code for machines, a sentence for people, the cause for whoever debugs. */
export class LamplighterError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LamplighterError';
    this.code = code;
  }
}
