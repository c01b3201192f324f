/** Why a request's signature is refused, apart from how each protocol of AWS words and codes it. */
export type SignatureFault =
  | 'missing-token'
  | 'incomplete'
  | 'unknown-key'
  | 'wrong-session-token'
  | 'expired-session-token'
  | 'mismatch'
  | 'skewed'
  | 'url-expired'
  | 'body-mismatch';

export class SignatureError extends Error {
  readonly fault: SignatureFault;

  constructor(fault: SignatureFault, message: string) {
    super(message);
    this.name = 'SignatureError';
    this.fault = fault;
  }
}
