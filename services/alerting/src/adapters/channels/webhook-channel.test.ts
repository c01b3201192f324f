import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { openAlert } from '../../domain/open-alert.ts';
import { firstDelivery } from '../../domain/plan-deliveries.ts';
import { webhookChannel } from './webhook-channel.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const alert = openAlert(signal('db'), 'one', testPolicy('http://h'), NOW);
const delivery = firstDelivery(alert, { channel: 'hook', recipient: 'r', step: 0 }, NOW);
const answerUrl = 'https://answers.example/alerts/token';

test('the link by which anybody may answer does not go out in clear text', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const send = webhookChannel(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 's', Date.now);
    expect(await send({ alert, delivery, answerUrl })).toEqual({ kind: 'sent' });
  } finally {
    server.close();
  }
  expect(JSON.parse(bodies[0]!)).toMatchObject({ alert: { alertId: 'one' } });
  expect(bodies[0]).not.toContain(answerUrl);
});
