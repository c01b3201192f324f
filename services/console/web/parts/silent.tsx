import type { ServiceName } from '../../src/ports.ts';

/** What is missing because its service did not tell it, and not because there is none. */
export const Silent = ({ of }: { readonly of: readonly ServiceName[] }) =>
  of.length === 0 ? null : (
    <p class="note broken" role="alert">
      {of.join(', ')} did not answer: what {of.length === 1 ? 'it knows' : 'they know'} is missing here, and may be
      there.
    </p>
  );
