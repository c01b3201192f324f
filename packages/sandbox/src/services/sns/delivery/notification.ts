import type { MessageAttribute, Publication, Subscription } from '../topics/topic.ts';

/** A message in the envelope that SNS puts around it. Nobody has signed it: the sandbox has no certificate of AWS. */
export interface Envelope {
  readonly Type: 'Notification' | 'SubscriptionConfirmation';
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly [member: string]: unknown;
}

/** The envelope of queues, web endpoints and mails in JSON. */
export function notification(publication: Publication, subscription: Subscription, endpoint: string): Envelope {
  const { messageId, subject, attributes, publishedAt } = publication;
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: subscription.topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: messageFor(publication, subscription.protocol),
    Timestamp: new Date(publishedAt).toISOString(),
    ...unsigned(endpoint),
    UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: typesAndValues(attributes) }),
  };
}

/** The event that a function receives. */
export function functionEvent(publication: Publication, subscription: Subscription, endpoint: string): object {
  const {
    SigningCertURL,
    UnsubscribeURL,
    Subject = null,
    MessageAttributes = {},
    ...rest
  } = notification(publication, subscription, endpoint);
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: { ...rest, Subject, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL, MessageAttributes },
      },
    ],
  };
}

/** What a web or mail endpoint is asked before it receives anything. */
export function confirmation({ topicArn, token = '', arn }: Subscription, endpoint: string, at: number): Envelope {
  return {
    Type: 'SubscriptionConfirmation',
    MessageId: arn.slice(arn.lastIndexOf(':') + 1),
    Token: token,
    TopicArn: topicArn,
    Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: `${endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`,
    Timestamp: new Date(at).toISOString(),
    ...unsigned(endpoint),
  };
}

/** With the structure `json`, the text for the protocol, or the default one. */
export function messageFor({ message, structure }: Publication, protocol: string): string {
  if (structure !== 'json') return message;
  const texts = JSON.parse(message) as Readonly<Record<string, string>>;
  return texts[protocol] ?? texts.default ?? '';
}

const unsigned = (endpoint: string) => ({
  SignatureVersion: '1',
  Signature: 'none',
  SigningCertURL: `${endpoint}/none.pem`,
});

function typesAndValues(attributes: Readonly<Record<string, MessageAttribute>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue },
    ]),
  );
}
