import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import * as z from 'zod';
import { sendSyntheticAlert } from './send-synthetic-alert.ts';

/** The daily proof that alerts arrive. */
export const handler = defineHandler({
  name: 'alerting/send-synthetic-alert',
  compose: () => {
    const env = readEnv({ EVENT_BUS: z.string() });
    return { publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS), now: systemClock };
  },
  handle: (_event: unknown, { publish, now }) => sendSyntheticAlert(now(), publish),
});
