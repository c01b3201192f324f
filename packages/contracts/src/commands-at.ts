import type { Finding } from './finding.ts';

/** As a finding keeps them: who found it does not know where it will be read. */
const STORED = 'pnpm lamplighter ';
/** As they are typed in a clone, on a machine that has nothing but Node. */
const TYPED = 'npx -y pnpm@10 lamplighter ';

/** What to look at next, with commands that work as they are copied. `place` names the deployment: ` --stage prod --region eu-west-1`. */
export const commandsAt = (lookAt: Finding['lookAt'], place: string): Finding['lookAt'] =>
  lookAt.map((one) =>
    one.command?.startsWith(STORED) ? { ...one, command: `${TYPED}${one.command.slice(STORED.length)}${place}` } : one,
  );
