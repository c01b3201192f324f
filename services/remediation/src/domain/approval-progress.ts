import type { Remediation } from '@lamplighter/contracts';

type Asked = Pick<Remediation, 'approval' | 'approvalsNeeded' | 'decisions'>;

const NUMBERS = ['none', 'one', 'two', 'three'];
const inWords = (count: number): string => NUMBERS[count] ?? String(count);

/** Who may say yes, and how many of them have to: `2 of anna, ben, carla`. */
export const whoDecides = ({ approval, approvalsNeeded }: Asked): string =>
  `${approvalsNeeded} of ${approval?.links.map(({ approver }) => approver).join(', ') || 'the approvers'}`;

/** Epoch milliseconds, as people in any zone read them alike. */
export const whenInWords = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What somebody who said yes is told while others have to. */
export function progressOf(asked: Asked): string {
  const { approval, approvalsNeeded, decisions } = asked;
  const said = decisions.map(({ by }) => by);
  const others = (approval?.links ?? []).map(({ approver }) => approver).filter((name) => !said.includes(name));
  const missing = approvalsNeeded - said.length;
  const until =
    approval === undefined ? '' : ` until ${whenInWords(approval.expiresAt)}; after that nothing is changed`;
  return `Your yes is ${inWords(said.length)} of ${inWords(approvalsNeeded)}. It waits for ${inWords(missing)} more, of ${others.join(', ') || 'the other approvers'},${until}.`;
}
