import { quotedText } from '../templates/visible-text.ts';
import type { AlarmState } from '../windows/fact.ts';
import type { Rule } from './rule.ts';
import { clock } from './words.ts';

/** A CloudWatch alarm of the owner went off and nothing that we see explains it. Where a finding of ours is open on the function, the alarm is evidence of that one. */
export const alarm: Rule = {
  class: 'alarm',
  opensAfter: 1,
  isToldToEnd: true,
  judge({ core, facts, seen }) {
    const newest = new Map<string, AlarmState>();
    for (const fact of [...core.facts, ...facts]) if (fact.kind === 'alarm') newest.set(fact.alarmName, fact.state);
    const last = [...core.facts, ...facts]
      .filter((fact) => fact.kind === 'alarm' && newest.get(fact.alarmName) === 'ALARM')
      .at(-1);
    if (last?.kind !== 'alarm' || last.state !== 'ALARM') return undefined;
    const reason = last.reason === undefined ? '' : ` CloudWatch says ${quotedText(last.reason)}.`;
    const evidence = {
      text: `Alarm ${quotedText(last.alarmName)} is in ALARM since ${clock(last.at)}.${reason}`,
      metric: 'alarm',
      since: last.at,
    };
    return {
      surprise: 12,
      severity: 'warning',
      magnitude: 1,
      title: `has the alarm ${quotedText(last.alarmName)}`,
      explanation: `${evidence.text} Nothing else that is known of the function at ${clock(seen.start)} is unusual.`,
      evidence: [evidence],
    };
  },
};
