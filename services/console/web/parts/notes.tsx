import type { ComponentChildren } from 'preact';
import type { ApiProblem } from '../live/api-client.ts';
import { asOf } from '../live/as-of.ts';
import { isSessionOver } from '../live/session.ts';
import type { Polled } from '../live/use-polled.ts';
import { Text } from '../text/text.tsx';
import { Heading } from './heading.tsx';

/** Where there is nothing to show: that this is so, and why that is fine or what to do. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) => (
  <div class="note">
    <strong>{title}</strong>
    {children && <p>{children}</p>}
  </div>
);

const isAbsence = ({ code }: ApiProblem): boolean => code === 'NOT_DEPLOYED' || code === 'NOT_FOUND';

/** What went wrong, in a sentence with a way out. */
export const ProblemNote = ({ problem, retry }: { readonly problem: ApiProblem; readonly retry?: () => void }) => (
  <div class={isAbsence(problem) ? 'note' : 'note broken'} role={isAbsence(problem) ? undefined : 'alert'}>
    <strong>
      {problem.code === 'NOT_DEPLOYED'
        ? 'Not deployed'
        : problem.code === 'NOT_FOUND'
          ? 'Not there'
          : 'That did not work'}
    </strong>
    <p>
      <Text value={problem.message} />
    </p>
    {retry && !isAbsence(problem) && (
      <button type="button" onClick={retry}>
        Try again
      </button>
    )}
  </div>
);

/** Shows what is asked for once it is there, and until then why not; above an older answer, why there is no newer one. */
export function Loaded<Body>({
  of,
  title,
  children,
}: {
  readonly of: Polled<Body>;
  /** The heading until there is a body, which brings its own. */
  readonly title?: string;
  readonly children: (body: Body) => ComponentChildren;
}) {
  if (of.body !== undefined) {
    return (
      <>
        {of.problem && <StaleNote of={of} problem={of.problem} />}
        {children(of.body)}
      </>
    );
  }
  return (
    <>
      {title && <Heading>{title}</Heading>}
      {of.problem ? (
        !isSessionOver() && <ProblemNote problem={of.problem} retry={of.refresh} />
      ) : (
        <p class="faint" aria-busy="true">
          Asking…
        </p>
      )}
    </>
  );
}

/** Why what stands below is old, and how old. That the sign-in has ended is said once, by the page. */
const StaleNote = ({ of, problem }: { readonly of: Polled<unknown>; readonly problem: ApiProblem }) =>
  isSessionOver() ? null : (
    <div class="note broken" role="alert">
      <strong>What stands below is {of.answeredAt === undefined ? 'old' : `of ${asOf(of.answeredAt)}`}.</strong>
      <p>
        <Text value={problem.message} />
      </p>
      <button type="button" onClick={of.refresh}>
        Try again
      </button>
    </div>
  );
