import { type StackResource, StackView } from './stack-view.ts';
import { type Template, valueAt } from './template.ts';
import { isLogGroupOf, isSameGroup } from './watches/log-groups.ts';
import { knownText, writtenText } from './written-text.ts';

/** The log groups of a template by their logical ids, and who has to do with them. */
export interface TemplateLogGroups {
  /** Names that the template says in full, or puts together of what it says. */
  readonly names: ReadonlyMap<string, string>;
  /** The log group to which a function writes. */
  readonly byFunction: ReadonlyMap<string, string>;
  /** The log group that a subscription filter is on. */
  readonly byFilter: ReadonlyMap<string, string>;
}

/** Which log groups of a template its functions write to, and its filters are on, by whatever way they name them. */
export function templateLogGroups(template: Template): TemplateLogGroups {
  const stack = new StackView(template);
  const groups = stack.ofType('AWS::Logs::LogGroup');
  // Several may have one name, under conditions that exclude each other: a reference says which.
  const groupOf = (value: unknown, isOn: (group: unknown) => boolean): string | undefined => {
    const text = writtenText(stack, value);
    const referred = groups.find(({ logicalId }) => text === writtenText(stack, { Ref: logicalId }));
    return (referred ?? groups.find(({ logicalId }) => isOn({ Ref: logicalId })))?.logicalId;
  };
  return {
    names: known(groups, ({ Properties }) => knownText(stack, Properties?.LogGroupName)),
    byFunction: known(stack.ofType('AWS::Lambda::Function'), (fn) =>
      groupOf(valueAt(fn.Properties, 'LoggingConfig.LogGroup'), (group) => isLogGroupOf(stack, fn, group)),
    ),
    byFilter: known(stack.ofType('AWS::Logs::SubscriptionFilter'), ({ Properties }) =>
      groupOf(Properties?.LogGroupName, (group) => isSameGroup(stack, group, Properties?.LogGroupName)),
    ),
  };
}

const known = (
  resources: readonly StackResource[],
  find: (resource: StackResource) => string | undefined,
): ReadonlyMap<string, string> =>
  new Map(
    resources.flatMap((resource) => {
      const found = find(resource);
      return found === undefined ? [] : [[resource.logicalId, found]];
    }),
  );
