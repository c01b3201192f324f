import { join } from 'node:path';
import { workspaceRoot } from '../stacks/package-stacks.ts';

/** What need not be watched of the services of this repository, and why: `pnpm check:coverage` holds them to it. */
export const OWN_EXEMPTIONS = 'scripts/coverage/own-exemptions.json';

/** Where that list lies. */
export const ownExemptions = (): string => join(workspaceRoot(), OWN_EXEMPTIONS);
