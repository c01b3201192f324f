import type { RankedCause } from '@lamplighter/contracts';
import type { FunctionContext } from '../../assess/function-context.ts';
import { visibleText } from '../../templates/visible-text.ts';

/** What calls are refused for: the function's own limit, which is nobody else's, or the account's, which its functions share. */
export const concurrencyCause = ({ concurrencyLimit, functionName }: FunctionContext): RankedCause => ({
  kind: 'quota',
  name: concurrencyLimit === undefined ? 'concurrency' : `concurrency of ${visibleText(functionName)}`,
  evidence: [],
});
