import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { EventsState } from '../events-state.ts';
import type { RuleTarget } from '../targets/rule-target.ts';

interface RuleProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: object | string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly RoleArn?: string;
  readonly Targets?: readonly RuleTarget[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const KNOWN = [
  'Name',
  'Description',
  'EventBusName',
  'EventPattern',
  'ScheduleExpression',
  'State',
  'RoleArn',
  'Targets',
  'Tags',
];

/** `AWS::Events::Rule`: Ref is its name, on a bus of one's own `bus|name`. */
export function ruleResource({ rules, router }: EventsState): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::Events::Rule', request.properties, KNOWN);
      const {
        Name = physicalName(request, 64),
        EventPattern,
        Targets = [],
        ...rest
      } = request.properties as RuleProperties;
      const rule = rules.put({ Name, ...rest, ...(EventPattern ? { EventPattern: asText(EventPattern) } : {}) });
      rules.putTargets(rule, Targets.map(withNumbers));
      return { ref: rule.busName === 'default' ? Name : `${rule.busName}|${Name}`, attributes: { Arn: rule.arn } };
    },
    async delete({ ref }) {
      const [name = '', busName = 'default'] = ref.split('|').reverse();
      const rule = router.buses.get(busName)?.rules.get(name);
      if (!rule) return;
      rule.targets.clear();
      rules.delete(rule);
    },
  };
}

function asText(pattern: object | string): string {
  return typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
}

/** Templates may give numbers as text. */
function withNumbers(target: RuleTarget): RuleTarget {
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = target.RetryPolicy ?? {};
  const RetryPolicy = {
    ...(attempts === undefined ? {} : { MaximumRetryAttempts: Number(attempts) }),
    ...(age === undefined ? {} : { MaximumEventAgeInSeconds: Number(age) }),
  };
  return target.RetryPolicy ? { ...target, RetryPolicy } : target;
}
