import { assessCoverage, type CoverageOptions } from '../assess-coverage.ts';
import type { TemplateResource } from '../template.ts';

/** Resources of a template by their logical ids. */
export type Resources = Readonly<Record<string, TemplateResource>>;

export const ref = (id: string) => ({ Ref: id });
export const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
export const resourceOf = (Type: string, Properties: Record<string, unknown> = {}): TemplateResource => ({
  Type,
  Properties,
});

/** The aspects of one resource: what watches each, or that nothing does. */
export function aspectsOf(logicalId: string, resources: Resources, options?: CoverageOptions): Record<string, string> {
  const report = assessCoverage({ Resources: resources }, options);
  const found = report.resources.find((resource) => resource.logicalId === logicalId);
  return Object.fromEntries(
    (found?.aspects ?? []).map(({ aspect, watchedBy }) => [
      aspect,
      watchedBy.map(({ kind, through }) => [kind, ...through].join(' ')).join(', '),
    ]),
  );
}

/** The function `shop-book`, `Book` in the templates of the tests. */
export const fn = (more: Record<string, unknown> = {}) =>
  resourceOf('AWS::Lambda::Function', { FunctionName: 'shop-book', ...more });
/** An alarm on one metric of one dimension. */
export const alarm = (Namespace: string, MetricName: string, Name: string, Value: unknown) =>
  resourceOf('AWS::CloudWatch::Alarm', { Namespace, MetricName, Dimensions: [{ Name, Value }] });
/** A subscription of a log group. */
export const filter = (LogGroupName: unknown, FilterPattern = '') =>
  resourceOf('AWS::Logs::SubscriptionFilter', { LogGroupName, DestinationArn: 'arn', FilterPattern });
/** Leave for a service to call `Book`. */
export const calledBy = (Principal: unknown) =>
  resourceOf('AWS::Lambda::Permission', { FunctionName: arn('Book'), Principal, Action: 'lambda:InvokeFunction' });
/** The log group of `Book`. */
export const group = resourceOf('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/shop-book' });
/** A mapping that has `Book` read a queue or a stream. */
export const reads = (source: string, more: Record<string, unknown> = {}) =>
  resourceOf('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn(source), FunctionName: arn('Book'), ...more });
/** `Book`, whose logs are subscribed. */
export const heard = { Book: fn(), Heard: filter('/aws/lambda/shop-book') };
