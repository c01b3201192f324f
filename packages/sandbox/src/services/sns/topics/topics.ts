import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import { parsePolicyDocument } from '../../../iam/policies/policy-document.ts';
import { invalidParameter, notEmulated, notFound } from '../sns-error.ts';
import { assertEndpoint } from './assert-endpoint.ts';
import { readFilterPolicy } from './filter-policy.ts';
import { PROTOCOLS, type Protocol, type Subscription, type Topic } from './topic.ts';

const TOPIC_ATTRIBUTES = new Set([
  'DisplayName',
  'KmsMasterKeyId',
  'Policy',
  'TracingConfig',
  'SignatureVersion',
  'DeliveryPolicy',
]);
const SUBSCRIPTION_ATTRIBUTES = new Set([
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
]);

export interface NewSubscription {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Topics and their subscriptions. */
export class Topics {
  readonly #context: ServiceContext;
  readonly #topics = new Map<string, Topic>();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  arnOf(name: string): string {
    return `arn:aws:sns:${this.#context.region}:${this.#context.accountId}:${name}`;
  }

  topics(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  subscriptions(topicArn?: string): readonly Subscription[] {
    return [...this.#subscriptions.values()].filter((one) => topicArn === undefined || one.topicArn === topicArn);
  }

  /** Throws `NotFound`. */
  topic(arn: string): Topic {
    const topic = this.#topics.get(arn);
    if (!topic) throw notFound('Topic');
    return topic;
  }

  /** Throws `NotFound`. */
  subscription(arn: string): Subscription {
    const subscription = this.#subscriptions.get(arn);
    if (!subscription) throw notFound('Subscription');
    return subscription;
  }

  /** The topic of that name, where it has these attributes already. Throws `InvalidParameter`. */
  create(
    name: string,
    attributes: Readonly<Record<string, string>> = {},
    tags: readonly { readonly Key: string; readonly Value: string }[] = [],
  ): Topic {
    if (/\.fifo$/.test(name) || attributes.FifoTopic === 'true') throw notEmulated('FIFO topics');
    if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
    const existing = this.#topics.get(this.arnOf(name));
    if (existing) {
      const differs = Object.entries(attributes).some(
        ([key, value]) => key !== 'Policy' && existing.attributes.get(key) !== value,
      );
      if (differs) throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
      return existing;
    }
    const arn = this.arnOf(name);
    const topic: Topic = {
      name,
      arn,
      attributes: new Map(),
      policy: ownersPolicy(arn, this.#context.accountId),
      tags: new Map(tags.map(({ Key, Value }) => [Key, Value])),
    };
    for (const [key, value] of Object.entries(attributes)) setTopicAttribute(topic, key, value);
    this.#topics.set(arn, topic);
    return topic;
  }

  delete(arn: string): void {
    this.#topics.delete(arn);
    for (const subscription of this.subscriptions(arn)) this.#subscriptions.delete(subscription.arn);
  }

  setAttribute(arn: string, name: string, value: string): void {
    setTopicAttribute(this.topic(arn), name, value);
  }

  /** What subscribes twice is subscribed once. Web and mail endpoints have to confirm. Throws `NotFound`, `InvalidParameter`. */
  subscribe({ topicArn, protocol, endpoint, attributes = {} }: NewSubscription): Subscription {
    const topic = this.topic(topicArn);
    if (!PROTOCOLS.includes(protocol as Protocol)) throw notEmulated(`the protocol ${protocol}`);
    assertEndpoint(protocol as Protocol, endpoint, attributes, this.#context);
    const existing = this.subscriptions(topicArn).find((one) => one.protocol === protocol && one.endpoint === endpoint);
    if (existing) return existing;
    const subscription: Subscription = {
      arn: `${topic.arn}:${randomUUID()}`,
      topicArn,
      protocol: protocol as Protocol,
      endpoint,
      attributes: new Map(),
      filter: undefined,
      token: /^(http|email)/.test(protocol) ? randomUUID().replaceAll('-', '') : undefined,
    };
    for (const [name, value] of Object.entries(attributes)) setSubscriptionAttribute(subscription, name, value);
    this.#subscriptions.set(subscription.arn, subscription);
    return subscription;
  }

  setSubscriptionAttribute(arn: string, name: string, value: string): void {
    setSubscriptionAttribute(this.subscription(arn), name, value);
  }

  /** Throws `InvalidParameter` for a token that is none of this topic's. */
  confirm(topicArn: string, token: string): Subscription {
    const subscription = this.subscriptions(topicArn).find((one) => one.token === token);
    if (!subscription) throw invalidParameter('Token');
    subscription.token = undefined;
    return subscription;
  }

  unsubscribe(arn: string): void {
    this.#subscriptions.delete(arn);
  }
}

function setTopicAttribute(topic: Topic, name: string, value: string): void {
  if (!TOPIC_ATTRIBUTES.has(name)) throw notEmulated(`the topic attribute ${name}`);
  if (name === 'Policy') topic.policy = readPolicy(value);
  else topic.attributes.set(name, value);
}

function setSubscriptionAttribute(subscription: Subscription, name: string, value: string): void {
  if (!SUBSCRIPTION_ATTRIBUTES.has(name)) throw notEmulated(`the subscription attribute ${name}`);
  const changed = new Map(subscription.attributes).set(name, value);
  const policy = changed.get('FilterPolicy');
  const isFiltered = policy !== undefined && policy !== '' && policy !== '{}';
  subscription.filter = isFiltered ? readFilterPolicy(policy, changed.get('FilterPolicyScope')) : undefined;
  subscription.attributes.set(name, value);
}

export function readPolicy(text: string): Topic['policy'] {
  try {
    return parsePolicyDocument(text);
  } catch (error) {
    throw invalidParameter(`Policy Error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What a topic allows unless it is told otherwise: everything to its own account. */
function ownersPolicy(arn: string, accountId: string): Topic['policy'] {
  const Action = [
    'Publish',
    'Subscribe',
    'GetTopicAttributes',
    'SetTopicAttributes',
    'ListSubscriptionsByTopic',
    'DeleteTopic',
  ].map((name) => `SNS:${name}`);
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action,
        Resource: arn,
      },
    ],
  };
}
