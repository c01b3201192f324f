import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { idleCostPerHour, standingCharges, type Template } from '../packages/pricing/src/index.ts';
import { packageServices, readTemplate } from '../packages/sandbox/src/packaging/index.ts';
import { listServiceFolders } from './workspace-services.ts';

/** Priced by the month, known and wanted: each guards the pipeline itself. Anything else that costs by existing fails. */
const MONTHLY = {
  EventsUndelivered: 0.1,
  IngestErrors: 0.1,
  AuditIncomplete: 0.1,
  LedgerSilent: 0.1,
  ClosingsFailed: 0.1,
  SubscribingFails: 0.1,
  LedgerFails: 0.1,
  ArchiveStale: 0.1,
  NewsUnassessed: 0.1,
  SyntheticAbsent: 0.1,
  EventsUnaccepted: 0.1,
  OrdersFailed: 0.1,
  RelayBehind: 0.1,
  EscalationsFailed: 0.1,
  FindingsUnplanned: 0.1,
  RepairsFailed: 0.2,
  RelayLags: 0.1,
  WindowsUnforecast: 0.1,
  WindowsWaitLong: 0.1,
};

/** The application that is watched, a customer's: what it costs at rest is its own choice, and is checked by itself. */
const SAMPLE = 'reservation';
const SAMPLE_STANDING = ['AWS::CloudWatch::Alarm', 'AWS::KMS::Key', 'AWS::Kinesis::Stream', 'AWS::RDS::DBCluster'];

const templates: Record<'direct' | 'stream', readonly Template[]> = { direct: [], stream: [] };
const sample: Template[] = [];

beforeAll(async () => {
  for (const door of ['direct', 'stream'] as const) {
    const requests = listServiceFolders().map((serviceDir) => ({
      serviceDir,
      stage: 'dev',
      region: 'us-east-1',
      params: { door },
    }));
    const packaged = await packageServices(requests);
    const read = (await Promise.all(packaged.map(readTemplate))) as Template[];
    const isSample = (index: number): boolean => basename(requests[index]!.serviceDir) === SAMPLE;
    templates[door] = read.filter((_, index) => !isSample(index));
    if (door === 'direct') sample.push(...read.filter((_, index) => isSample(index)));
  }
}, 600_000);

describe('all services at rest, as packaged', () => {
  test('the default door has nothing that is billed by the hour', () => {
    const hourly = templates.direct.flatMap(standingCharges).filter(({ basis }) => basis === 'hourly');
    expect(hourly).toEqual([]);
  });

  test('the default door is billed by the month for the listed alarms only', () => {
    const monthly = templates.direct.flatMap(standingCharges).filter(({ basis }) => basis === 'monthly');
    expect(Object.fromEntries(monthly.map(({ logicalId, monthlyUsd }) => [logicalId, monthlyUsd]))).toEqual(MONTHLY);
  });

  test('the default door costs $0.00 per hour, alarms and schedules included', () => {
    expect(idleCostPerHour(templates.direct).toFixed(2)).toBe('0.00');
  });

  test('the stream door pays for its stream', () => {
    const hourly = templates.stream.flatMap(standingCharges).filter(({ basis }) => basis === 'hourly');
    expect(hourly.map(({ type }) => type)).toEqual(['AWS::Kinesis::Stream']);
    expect(idleCostPerHour(templates.stream).toFixed(2)).toBe('0.04');
  });
});

describe('the sample at rest', () => {
  test("pays for its stream, its key, its database's password and alarms, and for nothing that grows", () => {
    const charged = sample.flatMap(standingCharges).filter(({ monthlyUsd }) => monthlyUsd > 0);

    expect([...new Set(charged.map(({ type }) => type))].sort()).toEqual(SAMPLE_STANDING);
    expect(charged.filter(({ basis }) => basis === 'hourly').map(({ type }) => type)).toEqual(['AWS::Kinesis::Stream']);
    expect(idleCostPerHour(sample).toFixed(2)).toBe('0.04');
  });
});
