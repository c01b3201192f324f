import type { LoggedError } from '../../log-record.ts';

const TOO_LARGE =
  /^\[ERROR\] \[\d+\] LAMBDA_RUNTIME (Failed to post handler success response\. Http response code: 413\.)/;

/** The handler's answer exceeded what Lambda takes, so the caller got an error; written by the client in C++ that node and python share. */
export function responseError(line: string): LoggedError | undefined {
  const match = TOO_LARGE.exec(line);
  if (match === null) return undefined;
  return { type: 'Function.ResponseSizeTooLarge', message: match[1] as string, isUncaught: true };
}
