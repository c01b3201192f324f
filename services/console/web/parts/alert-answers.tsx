import type { Alert } from '@lamplighter/contracts';
import { useEffect, useRef } from 'preact/hooks';
import { Text } from '../text/text.tsx';
import { ActButton } from './act-button.tsx';
import { ask } from './questions.tsx';

interface AnswersProps {
  readonly alert: Alert;
  readonly onAnswered: (alert: Alert) => void;
}

const PATH = '/api/answer';

/** What one can answer to an alert. Closing it is asked about, since it silences what is still wrong. */
export const Answers = ({ alert, onAnswered }: AnswersProps) => {
  const { alertId, state } = alert;
  const onDone = (answer: { readonly alert: Alert }): void => onAnswered(answer.alert);
  return (
    <div class="row">
      {state !== 'acknowledged' && (
        <ActButton
          path={PATH}
          what={{ alertId, answer: 'acknowledge' }}
          label="Acknowledge"
          class="primary"
          isFirst
          done="Acknowledged: it is yours."
          onDone={onDone}
        />
      )}
      <ActButton
        path={PATH}
        what={{ alertId, answer: 'snooze', minutes: 60 }}
        label="Snooze 1 h"
        done="Put off for an hour."
        onDone={onDone}
      />
      <Close alert={alert} onAnswered={onAnswered} />
    </div>
  );
};

const OVER = 'It is not here to be closed any more: it is over, or somebody else answered it.';

function Close({ alert: { alertId, title, severity }, onAnswered }: AnswersProps) {
  const endQuestion = useRef<(why: string) => void>();
  useEffect(() => () => endQuestion.current?.(OVER), []);
  const close = (): void => {
    endQuestion.current = ask({
      title: severity === 'critical' ? 'Close this critical alert?' : 'Close this alert?',
      yes: 'Close it',
      look: 'danger',
      path: PATH,
      what: { alertId, answer: 'close' },
      done: 'Closed.',
      onDone: (answer) => onAnswered((answer as { readonly alert: Alert }).alert),
      children: (
        <>
          <p>
            <Text value={title} />
          </p>
          <p>
            Nobody is told of it any more, and it does not escalate: while the same trouble goes on and gets no worse,
            no alert opens for it. It closes by itself when the trouble is over. To take it on, acknowledge it; to be
            told again later, snooze it.
          </p>
        </>
      ),
    });
  };
  return (
    <button type="button" onClick={close}>
      Close…
    </button>
  );
}
