import type { CompletionDeps } from './complete-changes.ts';
import type { EvidenceDeps } from './gather-evidence.ts';

type Asking = EvidenceDeps & Pick<CompletionDeps, 'adviser'>;

/**
 * The same ports, of which each answers a question once: for the tries of one piece of news. Another worker's write makes a try begin anew, mostly with the same questions, and traces, calls and
 * a model cost money; a try that asks something else is answered anew. Time stands still between the tries, or no two questions would be the same. What failed once fails again.
 */
export function askedOnce<Deps extends Asking>(deps: Deps): Deps {
  const now = deps.now();
  return {
    ...deps,
    now: () => now,
    metrics: once(deps.metrics, (_news, question) => question),
    calls: once(deps.calls, (_news, range) => range),
    traces: once(deps.traces, (_news, question) => question),
    adviser: once(deps.adviser, (finding) => finding),
  };
}

function once<Args extends readonly unknown[], Answer>(
  ask: (...args: Args) => Promise<Answer>,
  questionOf: (...args: Args) => unknown,
): (...args: Args) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...args) => {
    const question = JSON.stringify(questionOf(...args));
    const answer = answers.get(question) ?? ask(...args);
    answers.set(question, answer);
    return answer;
  };
}
