import type { WatchedFunction } from '@lamplighter/contracts';
import { isWebFunction } from '@lamplighter/lambda-logs';

/** Where Web Functions log. @see https://docs.aws.amazon.com/lambda/latest/dg/web-functions-logging.html */
export const WEB_FUNCTION_GROUPS = '/aws/lambda/web/';

/** By its name, or by its log group: rows of before they had names of their own are called as a function of the same name is. */
export const isOfWebFunction = ({
  functionName,
  logGroup,
}: Pick<WatchedFunction, 'functionName' | 'logGroup'>): boolean =>
  isWebFunction(functionName) || logGroup.startsWith(WEB_FUNCTION_GROUPS);
