import { useSessionOver } from '../live/session.ts';

/** Says that the sign-in has ended, and goes to sign in again when asked to; never by itself, or a provider and a page that disagree would send each other around. */
export function SignedOut() {
  if (!useSessionOver()) return null;
  return (
    <div class="note broken row" role="alert">
      <strong>The sign-in has ended. What stands below is not live any more.</strong>
      <button type="button" class="primary" onClick={() => location.reload()}>
        Sign in again
      </button>
    </div>
  );
}
