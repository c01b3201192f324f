import { useRef, useState } from 'preact/hooks';
import { ApiProblem, post } from '../live/api-client.ts';
import { Text } from '../text/text.tsx';
import { announce } from './announcements.tsx';
import { focusAfter } from './keep-focus.ts';

interface ActButtonProps<Answer> {
  readonly path: string;
  readonly what: object;
  readonly label: string;
  readonly class?: string;
  /** The one that the key `a` presses. */
  readonly isFirst?: boolean;
  /** What is said once it worked. */
  readonly done: string;
  readonly onDone: (answer: Answer) => void;
}

/** Does something that hurts nobody at one press, and says beside itself if it failed. */
export function ActButton<Answer>(props: ActButtonProps<Answer>) {
  const { path, what, label, class: look, isFirst, done, onDone } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const act = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await post<Answer>(path, what);
      focusAfter(button.current);
      announce(done);
      onDone(answer);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={look}
        disabled={isBusy}
        onClick={act}
        data-act={isFirst ? '' : undefined}
      >
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
