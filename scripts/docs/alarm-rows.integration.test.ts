import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { REPOSITORY } from '../workspace-services.ts';
import { packagedStacksWithOptions } from './packaged-stacks.ts';

const ROW = /^\| `([a-z-]+)` \| (\w+) \| (.+) \|$/;

let rows: readonly string[];
let alarms: readonly string[];
let queues: ReadonlySet<string>;
let text: string;
beforeAll(async () => {
  text = await readFile(join(REPOSITORY, 'docs', 'operations.md'), 'utf8');
  const alarmTable = text.slice(text.indexOf('## Alarms'), text.indexOf('## The kill switch'));
  rows = alarmTable.split('\n').flatMap((line) => {
    const row = ROW.exec(line);
    return row === null ? [] : [`${row[2]}: ${row[1]}`];
  });
  const stacks = await packagedStacksWithOptions();
  const named = (type: string, property: string) =>
    stacks.flatMap(({ name, resources }) =>
      Object.values(resources)
        .filter(({ Type }) => Type === type)
        .map(({ Properties }) => ({ stack: name.split('-')[1], name: String(Properties?.[property]) })),
    );
  alarms = named('AWS::CloudWatch::Alarm', 'AlarmName').map(
    ({ stack, name }) => `${stack}: ${name.replace('lamplighter-dev-', '')}`,
  );
  queues = new Set(named('AWS::SQS::Queue', 'QueueName').map(({ name }) => name.replace('lamplighter-dev-', '')));
}, 600_000);

test('every alarm of every stack has its row in the runbook, and every row is an alarm', () => {
  expect([...rows].sort()).toEqual([...new Set(alarms)].sort());
});

test('no alarm has two rows', () => {
  expect(new Set(rows).size).toBe(rows.length);
});

test('a queue that the runbook has moved back is there', () => {
  const moved = [...text.matchAll(/redrive(?:\]\(#dead-letters\))? `([a-z-]+)`/g)].map(([, name]) => name ?? '');
  expect(moved.length).toBeGreaterThanOrEqual(6);
  expect(moved.filter((name) => !queues.has(name))).toEqual([]);
});
