import type { Playbook } from '../playbook.ts';

/** How many different people have to say yes, where a playbook asks: two of the riskiest. */
export const approvalsNeededFor = ({ needsTwo, risk }: Pick<Playbook, 'needsTwo' | 'risk'>): number =>
  needsTwo || risk === 'high' ? 2 : 1;
