/** What the owner of the service has to put right: one sentence with the way out, and a code. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
