import { implies } from './conditions.ts';
import { isRecord, referencedIds, type Template, type TemplateResource, textsIn } from './template.ts';

/** A resource with its logical id. */
export interface StackResource extends TemplateResource {
  readonly logicalId: string;
}

/** The property that says what a resource of a type is called on AWS. */
const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::ElastiCache::ServerlessCache': 'ServerlessCacheName',
  'AWS::OpenSearchServerless::Collection': 'Name',
  'AWS::ApiGateway::RestApi': 'Name',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::Pipes::Pipe': 'Name',
  'AWS::IAM::Role': 'RoleName',
};

/** What stands for another resource, and the property that names it: whoever calls an alias calls its function, whoever reads a consumer reads its stream. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  'AWS::Lambda::Alias': 'FunctionName',
  'AWS::Lambda::Version': 'FunctionName',
  'AWS::Kinesis::StreamConsumer': 'StreamARN',
};

/** The resources of a template, and which of them mean each other. An alias or a version means its function, a consumer its stream. */
export class StackView {
  readonly #resources: readonly StackResource[];
  readonly #byId: ReadonlyMap<string, StackResource>;

  readonly #template: Template;
  readonly #isConditional: boolean;
  #unconditional: StackView | undefined;

  constructor(template: Template, isConditional = true) {
    this.#template = template;
    this.#isConditional = isConditional;
    this.#resources = Object.entries(template.Resources ?? {})
      .filter(([, resource]) => isRecord(resource) && typeof resource.Type === 'string')
      .map(([logicalId, { Properties, ...resource }]) => ({
        logicalId,
        ...resource,
        ...(isRecord(Properties) && { Properties }),
      }));
    this.#byId = new Map(this.#resources.map((resource) => [resource.logicalId, resource]));
  }

  /** The same stack, as it is where every condition holds. */
  regardlessOfConditions(): StackView {
    this.#unconditional ??= new StackView(this.#template, false);
    return this.#unconditional;
  }

  /** Whether one resource is there wherever another is, by their conditions. */
  isThereWith({ Condition }: StackResource, other: StackResource): boolean {
    return !this.#isConditional || implies(this.#template.Conditions ?? {}, other.Condition, Condition);
  }

  /** The resource of a logical id. */
  withId(logicalId: string): StackResource | undefined {
    return this.#byId.get(logicalId);
  }

  all(): readonly StackResource[] {
    return this.#resources;
  }

  ofType(...types: readonly string[]): readonly StackResource[] {
    return this.#resources.filter(({ Type }) => types.includes(Type));
  }

  /** The resource of this stack that a value refers to first, if it does. */
  referenced(value: unknown): StackResource | undefined {
    for (const id of this.#idsIn(value)) {
      const resource = this.#byId.get(id);
      if (resource && STANDS_FOR[resource.Type] === undefined) return resource;
    }
    return this.#resources.find((resource) => this.means(value, resource));
  }

  /** Whether a value means this resource: it refers to it, or says its name or the ARN that ends in it. */
  means(value: unknown, resource: StackResource): boolean {
    const ids = this.#idsIn(value);
    if (ids.has(resource.logicalId)) return true;
    const name = nameOf(resource);
    if (name === undefined) return false;
    if (typeof name !== 'string') return JSON.stringify(name) === JSON.stringify(value);
    return [value, ...this.#namedBy(ids)].flatMap(textsIn).some((text) => isNamed(text, name));
  }

  /** Logical ids inside a value, and those for which aliases, versions and consumers among them stand. */
  #idsIn(value: unknown): ReadonlySet<string> {
    const found = new Set(referencedIds(value));
    // What is added while a set is walked is walked, too: an alias names a version, which names a function.
    for (const id of found) for (const next of referencedIds(this.#standsFor(id))) found.add(next);
    return found;
  }

  /** How they name those, where not by reference. */
  #namedBy(ids: ReadonlySet<string>): readonly unknown[] {
    return [...ids].map((id) => this.#standsFor(id)).filter((name) => typeof name === 'string');
  }

  #standsFor(id: string): unknown {
    const resource = this.#byId.get(id);
    const property = resource && STANDS_FOR[resource.Type];
    return property === undefined ? undefined : resource?.Properties?.[property];
  }
}

/** Whether a text is a name, or an ARN that ends in it; that of a function may go on with a version or an alias. */
const isNamed = (text: string, name: string): boolean =>
  text === name || text.endsWith(`:${name}`) || text.endsWith(`/${name}`) || text.includes(`:function:${name}:`);

/** The name that the template gives a resource; undefined where CloudFormation makes one up. */
function nameOf(resource: StackResource): unknown {
  const property = NAME_PROPERTY[resource.Type];
  return property === undefined ? undefined : resource.Properties?.[property];
}
