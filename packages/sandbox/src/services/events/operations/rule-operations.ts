import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import type { Rule } from '../event-bus.ts';
import { type EventsState, onResource, rulePath } from '../events-state.ts';
import type { RuleSettings } from '../rule-book.ts';
import type { RuleTarget } from '../targets/rule-target.ts';
import { type ListRequest, listing } from './listing.ts';

interface RuleReference {
  readonly Name?: string;
  readonly Rule?: string;
  readonly EventBusName?: string;
}

/** PutRule, DescribeRule, ListRules, EnableRule, DisableRule, DeleteRule. */
export function ruleOperations(state: EventsState): Record<string, JsonOperation> {
  const { rules, router } = state;
  const onRule = (action: string) => (input: RuleReference) =>
    onResource(state, action, rulePath(input.Name ?? input.Rule ?? '', input.EventBusName));
  const find = ({ Name, EventBusName }: RuleReference): Rule => rules.rule(Name ?? '', EventBusName);
  return {
    PutRule: {
      permissions: (input: RuleSettings) => [...onRule('PutRule')(input), ...passRoles([input.RoleArn])],
      handle: (input: RuleSettings) => ({ RuleArn: rules.put(input).arn }),
    },
    DescribeRule: {
      permissions: onRule('DescribeRule'),
      handle: (input: RuleReference) => describeRule(find(input)),
    },
    ListRules: {
      permissions: (input: RuleReference) => onResource(state, 'ListRules', rulePath('*', input.EventBusName)),
      handle(input: ListRequest & RuleReference) {
        const found = [...router.bus(input.EventBusName).rules.values()]
          .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
        return listing('Rules', found.map(describeRule), input);
      },
    },
    EnableRule: {
      permissions: onRule('EnableRule'),
      handle: (input: RuleReference) => rules.setEnabled(find(input), true),
    },
    DisableRule: {
      permissions: onRule('DisableRule'),
      handle: (input: RuleReference) => rules.setEnabled(find(input), false),
    },
    DeleteRule: {
      permissions: onRule('DeleteRule'),
      handle(input: RuleReference) {
        const rule = router.bus(input.EventBusName).rules.get(input.Name ?? '');
        if (rule) rules.delete(rule);
      },
    },
    ...targetOperations(state, onRule),
  };
}

type OnRule = (action: string) => (input: RuleReference) => readonly RequiredPermission[];

/** PutTargets, ListTargetsByRule, RemoveTargets. */
function targetOperations({ rules }: EventsState, onRule: OnRule): Record<string, JsonOperation> {
  const find = ({ Rule: name, EventBusName }: RuleReference): Rule => rules.rule(name ?? '', EventBusName);
  return {
    PutTargets: {
      permissions: (input: RuleReference & { Targets: readonly RuleTarget[] }) => [
        ...onRule('PutTargets')(input),
        ...passRoles(input.Targets.map(({ RoleArn }) => RoleArn)),
      ],
      handle(input: RuleReference & { Targets: readonly RuleTarget[] }) {
        rules.putTargets(find(input), input.Targets);
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    },
    ListTargetsByRule: {
      permissions: onRule('ListTargetsByRule'),
      handle: (input: RuleReference & ListRequest) => listing('Targets', [...find(input).targets.values()], input),
    },
    RemoveTargets: {
      permissions: onRule('RemoveTargets'),
      handle(input: RuleReference & { Ids: readonly string[] }) {
        const { targets } = find(input);
        const unknown = input.Ids.filter((id) => !targets.delete(id));
        const FailedEntries = unknown.map((TargetId) => ({
          TargetId,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Target ${TargetId} does not exist.`,
        }));
        return { FailedEntryCount: FailedEntries.length, FailedEntries };
      },
    },
  };
}

function passRoles(roleArns: readonly (string | undefined)[]): readonly RequiredPermission[] {
  return [...new Set(roleArns)]
    .filter((roleArn) => roleArn !== undefined)
    .map((resource) => ({
      action: 'iam:PassRole',
      resource,
      context: { 'iam:PassedToService': 'events.amazonaws.com' },
    }));
}

function describeRule(rule: Rule): Record<string, unknown> {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventBusName: rule.busName,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    ...(rule.description ? { Description: rule.description } : {}),
    ...(rule.eventPattern ? { EventPattern: rule.eventPattern } : {}),
    ...(rule.scheduleExpression ? { ScheduleExpression: rule.scheduleExpression } : {}),
    ...(rule.roleArn ? { RoleArn: rule.roleArn } : {}),
  };
}
