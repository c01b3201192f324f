import * as z from 'zod';

/** The envelope that SNS puts around a message for a queue: https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html */
export const TopicMessage = z.object({
  Type: z.literal('Notification'),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().nullish(),
  Message: z.string(),
  Timestamp: z.string(),
});
export type TopicMessage = z.infer<typeof TopicMessage>;
