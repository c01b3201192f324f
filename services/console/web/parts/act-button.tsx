import { useState } from 'preact/hooks';
import { ApiProblem, post } from '../live/api-client.ts';
import { Text } from '../text/text.tsx';

interface ActButtonProps<Answer> {
  readonly path: string;
  readonly what: object;
  readonly label: string;
  readonly class?: string;
  /** The one that the key `a` presses. */
  readonly isFirst?: boolean;
  readonly onDone: (answer: Answer) => void;
}

/** Does something that hurts nobody at one press, and says beside itself if it failed. */
export function ActButton<Answer>({ path, what, label, class: look, isFirst, onDone }: ActButtonProps<Answer>) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const act = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      onDone(await post<Answer>(path, what));
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" class={look} disabled={isBusy} onClick={act} data-act={isFirst ? '' : undefined}>
        {isBusy ? 'Working…' : label}
      </button>
      {problem !== undefined && (
        <span role="alert" class="broken">
          <Text value={problem} />
        </span>
      )}
    </>
  );
}
