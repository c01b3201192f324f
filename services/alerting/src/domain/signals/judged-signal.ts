import type { AlertSignal, SignalOrigin } from '../alert-signal.ts';
import type { SourceRule } from '../policy/source-rule.ts';
import { isBelow } from '../severity.ts';

/**
 * A signal from elsewhere as the policy judges it; undefined where it ignores the trouble. The end of what is ignored still ends what was told before the rule,
 * and says nothing of anything else. What is mere information by itself stays that. Pure.
 */
export function judgedSignal(signal: AlertSignal, rules: readonly SourceRule[]): AlertSignal | undefined {
  const { origin } = signal;
  const rule = origin && rules.find((one) => fits(one, origin));
  if (rule === undefined) return signal;
  if (rule.severity === 'ignore') return signal.kind === 'open' ? undefined : { ...signal, isMereEnd: true };
  return isBelow(signal.severity, 'warning') ? signal : { ...signal, severity: rule.severity };
}

const fits = ({ source, detailType, namePrefix }: SourceRule, origin: SignalOrigin): boolean =>
  (source === undefined || source === origin.source) &&
  (detailType === undefined || detailType === origin.detailType) &&
  (namePrefix === undefined || origin.name.startsWith(namePrefix));
