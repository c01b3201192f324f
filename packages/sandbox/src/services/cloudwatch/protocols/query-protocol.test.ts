import { describe, expect, test } from '@jest/globals';
import { CloudWatchSuite } from '../testing/cloudwatch-suite.ts';

const suite = new CloudWatchSuite();

describe('the query protocol', () => {
  const call = async (form: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ ...form, Version: '2010-08-01' });
    const response = await fetch(suite.endpoint, { method: 'POST', body });
    return response.text();
  };
  const metric = { Namespace: 'shop', 'MetricData.member.1.MetricName': 'hits' };

  test('puts and reads what JSON does', async () => {
    await call({
      Action: 'PutMetricData',
      ...metric,
      'MetricData.member.1.Value': '4',
      'MetricData.member.1.Timestamp': '2026-01-01T00:00:30Z',
      'MetricData.member.1.Dimensions.member.1.Name': 'store',
      'MetricData.member.1.Dimensions.member.1.Value': '12',
    });
    const answer = await call({
      Action: 'GetMetricStatistics',
      Namespace: 'shop',
      MetricName: 'hits',
      'Dimensions.member.1.Name': 'store',
      'Dimensions.member.1.Value': '12',
      StartTime: '2026-01-01T00:00:00Z',
      EndTime: '2026-01-01T01:00:00Z',
      Period: '60',
      'Statistics.member.1': 'Sum',
      'ExtendedStatistics.member.1': 'p50',
    });
    expect(answer).toContain('<member><Timestamp>2026-01-01T00:00:00.000Z</Timestamp>');
    expect(answer).toContain('<Sum>4</Sum>');
    expect(answer).toContain('<ExtendedStatistics><entry><key>p50</key><value>4</value></entry></ExtendedStatistics>');
  });

  test('words its errors in its own way', async () => {
    expect(await call({ Action: 'PutMetricData', ...metric })).toContain('<Code>InvalidParameterValue</Code>');
    expect(await call({ Action: 'DescribeAnomalyDetectors' })).toContain('DescribeAnomalyDetectors');
  });
});
