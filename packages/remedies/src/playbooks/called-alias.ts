import type { FunctionSettings, RemedyContext } from '../remedy-context.ts';
import { whatIsCalled } from './what-calls-reach.ts';

/**
 * The one alias that points to what calls reach: environments behind another one would be paid for and never met. Of several nobody can say which is called;
 * for `$LATEST` Lambda keeps none ready (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html).
 */
export function calledAlias(context: RemedyContext): FunctionSettings['aliases'][number] | undefined {
  const { version, aliases } = whatIsCalled(context);
  const [alias, ...others] = aliases;
  return version === '$LATEST' || others.length > 0 ? undefined : alias;
}
