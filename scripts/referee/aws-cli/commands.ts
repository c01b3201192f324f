import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../../packages/sandbox/src/index.ts';
import type { AwsCli } from './aws-cli.ts';

/** What a command is tried with: the deployed fixture, and a folder of its own. */
export interface Trial {
  readonly aws: AwsCli;
  readonly sandbox: Sandbox;
  readonly folder: string;
}

/** Everyday commands, in this order: later ones read what earlier ones have done. Each throws where the answer is not AWS's. */
export const COMMANDS: Readonly<Record<string, (trial: Trial) => Promise<void>>> = {
  'lambda invoke': async ({ aws, folder }) => {
    const answer = join(folder, 'answer.json');
    const status = await aws.json(
      'lambda',
      'invoke',
      '--function-name',
      'shop-dev-notice',
      '--cli-binary-format',
      'raw-in-base64-out',
      '--payload',
      '{"greeting":"good evening"}',
      answer,
    );
    assert.deepEqual(status, { StatusCode: 200, ExecutedVersion: '$LATEST' });
    assert.deepEqual(JSON.parse(await readFile(answer, 'utf8')), { noticed: 'greeting good evening' });
  },
  'kinesis put-record': async ({ aws, sandbox }) => {
    const put = (await aws.json(
      'kinesis',
      'put-record',
      '--stream-name',
      'shop-dev-clicks',
      '--partition-key',
      'a',
      '--cli-binary-format',
      'raw-in-base64-out',
      '--data',
      'on-the-lamp',
    )) as Record<string, string>;
    assert.equal(put.ShardId, 'shardId-000000000000');
    assert.match(put.SequenceNumber ?? '', /^\d{56}$/);
    await sandbox.idle();
  },
  'events put-events': async ({ aws, sandbox }) => {
    const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"order":"42"}', EventBusName: 'shop-dev' };
    const put = (await aws.json('events', 'put-events', '--entries', JSON.stringify([entry]))) as {
      FailedEntryCount: number;
      Entries: { EventId: string }[];
    };
    assert.equal(put.FailedEntryCount, 0);
    assert.match(put.Entries[0]?.EventId ?? '', /^[0-9a-f-]{36}$/);
    await sandbox.idle();
  },
  'logs filter-log-events': async ({ aws }) => {
    const found = (await aws.json(
      'logs',
      'filter-log-events',
      '--log-group-name',
      '/aws/lambda/shop-dev-notice',
      '--filter-pattern',
      'noticed',
    )) as { events: { message: string; eventId: string; logStreamName: string }[] };
    const noticed = found.events.map(({ message }) => /noticed (.*)/.exec(message)?.[1]);
    assert.deepEqual(noticed.sort(), ['click on-the-lamp', 'greeting good evening', 'order 42']);
    assert.ok(found.events.every(({ eventId, logStreamName }) => /^\d{56}$/.test(eventId) && logStreamName !== ''));
    const reports = (await aws.json(
      'logs',
      'filter-log-events',
      '--log-group-name',
      '/aws/lambda/shop-dev-notice',
      '--filter-pattern',
      '"REPORT RequestId"',
    )) as { events: unknown[] };
    assert.equal(reports.events.length, 3);
  },
  'logs tail': async ({ aws }) => {
    const tail = await aws.text('logs', 'tail', '/aws/lambda/shop-dev-notice', '--since', '1h', '--format', 'short');
    for (const noticed of ['greeting good evening', 'click on-the-lamp', 'order 42'])
      assert.ok(tail.includes(`noticed ${noticed}`), tail);
    assert.match(tail, /REPORT RequestId: [0-9a-f-]{36}\tDuration: /);
  },
  'dynamodb query': async ({ aws }) => {
    for (const placedAt of ['3', '1', '2']) {
      await aws.text(
        'dynamodb',
        'put-item',
        '--table-name',
        'shop-dev-orders',
        '--item',
        JSON.stringify({ customer: { S: 'ann' }, placedAt: { N: placedAt } }),
      );
    }
    const answer = (await aws.json(
      'dynamodb',
      'query',
      '--table-name',
      'shop-dev-orders',
      '--key-condition-expression',
      'customer = :c AND placedAt > :p',
      '--expression-attribute-values',
      '{":c":{"S":"ann"},":p":{"N":"1"}}',
      '--no-scan-index-forward',
    )) as { Count: number; Items: { placedAt: { N: string } }[] };
    assert.equal(answer.Count, 2);
    assert.deepEqual(
      answer.Items.map(({ placedAt }) => placedAt.N),
      ['3', '2'],
    );
  },
  's3 cp': async ({ aws, folder }) => {
    const [there, back] = [join(folder, 'photo.bin'), join(folder, 'photo-again.bin')];
    const photo = Buffer.from(Array.from({ length: 150_000 }, (_, index) => (index * 7) % 256));
    await writeFile(there, photo);
    await aws.text('s3', 'cp', there, 's3://shop-dev-photos/in/photo.bin');
    await aws.text('s3', 'cp', 's3://shop-dev-photos/in/photo.bin', back);
    assert.ok(photo.equals(await readFile(back)), 'the object came back changed');
    assert.match(await aws.text('s3', 'ls', 's3://shop-dev-photos/in/'), /\b150000 photo\.bin\n/);
  },
};
