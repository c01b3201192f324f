import { invalidParameter } from '../lambda-errors.ts';

/** What a FunctionName parameter names, in any of its forms: name, `name:qualifier`, `account:function:name`, ARN. */
export interface FunctionName {
  readonly name: string;
  readonly qualifier?: string;
}

const PATTERN =
  /^(?:arn:[a-z-]+:lambda:[a-z0-9-]+:(\d{12}):function:|(\d{12}):function:)?([A-Za-z0-9-_]{1,140})(?::(\$LATEST|[A-Za-z0-9-_]{1,128}))?$/;

/** Throws InvalidParameterValueException where the text is none of them, or two qualifiers disagree. */
export function parseFunctionName(text: string, qualifier?: string): FunctionName {
  const match = PATTERN.exec(text);
  if (!match)
    throw invalidParameter(`Value '${text}' at 'functionName' failed to satisfy constraint: no function name.`);
  const named = match[4];
  if (named && qualifier && named !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  const either = named ?? qualifier;
  return { name: match[3] as string, ...(either ? { qualifier: either } : {}) };
}

export interface AccountRegion {
  readonly accountId: string;
  readonly region: string;
}

export function functionArn({ accountId, region }: AccountRegion, name: string, qualifier?: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}${qualifier ? `:${qualifier}` : ''}`;
}
