import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider } from '../../../core/service.ts';
import type { SnsState } from '../sns-state.ts';
import type { Topic } from '../topics/topic.ts';

const ATTRIBUTES = ['DisplayName', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion'];
const KNOWN = [...ATTRIBUTES, 'TopicName', 'Subscription', 'Tags', 'FifoTopic'];

/** `AWS::SNS::Topic`: Ref is its ARN. */
export function topicResource({ topics, fanOut }: SnsState): ResourceProvider {
  return {
    async create(request) {
      const { properties } = request;
      refuseUnknownProperties('AWS::SNS::Topic', properties, KNOWN);
      const name = String(properties.TopicName ?? physicalName(request, 256));
      if (topics.topics().some((topic) => topic.name === name)) throw new Error(`The topic ${name} exists already.`);
      const attributes = {
        ...attributesIn(properties),
        ...(String(properties.FifoTopic) === 'true' ? { FifoTopic: 'true' } : {}),
      };
      const topic = topics.create(name, attributes, (properties.Tags ?? []) as never);
      for (const { Endpoint, Protocol } of (properties.Subscription ?? []) as readonly {
        Endpoint: string;
        Protocol: string;
      }[]) {
        fanOut.askForConfirmation(topics.subscribe({ topicArn: topic.arn, protocol: Protocol, endpoint: Endpoint }));
      }
      return created(topic);
    },
    async update(resource, { properties }) {
      refuseUnknownProperties('AWS::SNS::Topic', properties, KNOWN);
      const topic = topics.topic(resource.ref);
      if ((properties.TopicName ?? topic.name) !== topic.name)
        throw new Error(`The sandbox cannot change TopicName of ${topic.name}.`);
      for (const [name, value] of Object.entries(attributesIn(properties))) topics.setAttribute(topic.arn, name, value);
      return created(topic);
    },
    async delete({ ref }) {
      topics.delete(ref);
    },
  };
}

function created({ arn, name }: Topic): CreatedResource {
  return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
}

function attributesIn(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    ATTRIBUTES.filter((name) => properties[name] !== undefined).map((name) => [name, String(properties[name])]),
  );
}
