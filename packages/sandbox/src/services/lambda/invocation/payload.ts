import { invalidRequestContent, requestTooLarge } from '../lambda-errors.ts';

/** An invocation's payload as JSON text; none at all is an empty object. Throws RequestTooLarge- and InvalidRequestContentException. */
export function parsePayload(body: Buffer, maxBytes: number): string {
  if (body.length > maxBytes) {
    throw requestTooLarge(
      `${body.length} byte payload is too large for the Invoke operation (limit ${maxBytes} bytes)`,
    );
  }
  const text = body.length === 0 ? '{}' : body.toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    throw invalidRequestContent(`Could not parse request body into json: ${(error as Error).message}`);
  }
  return text;
}
