import { describe, expect, test } from '@jest/globals';
import { requestId } from '../../../test/log-story.ts';
import { type LogRecord, parseLogEvent } from '../../index.ts';

const ID = requestId(1);
const parse = (span: object): LogRecord => parseLogEvent({ message: JSON.stringify(span) });

describe('spans', () => {
  const span = {
    traceId: '6352a70e1e2c502e358361800241fd45',
    spanId: '35465b3a9e2f7c6a',
    parentSpanId: '24cd7d670fa455f0',
    name: 'orders',
    startTimeUnixNano: 1_791_444_600_000_000_000,
    endTimeUnixNano: 1_791_444_600_125_000_000,
    attributes: { 'faas.invocation_id': ID },
    resource: {
      attributes: { 'cloud.resource_id': 'arn:aws:lambda:x', 'faas.name': 'orders', 'service.name': 'shop' },
    },
  };

  test('carry ids, times, request and function', () => {
    expect(parse(span)).toEqual({
      kind: 'span',
      traceId: span.traceId,
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      name: 'orders',
      startedAt: 1_791_444_600_000,
      endedAt: 1_791_444_600_125,
      durationMs: 125,
      requestId: ID,
      functionArn: 'arn:aws:lambda:x',
      functionName: 'orders',
      serviceName: 'shop',
    });
  });

  test('keep nanoseconds that come as text, and OTLP attributes', () => {
    const attributes = [
      { key: 'faas.invocation_id', value: { stringValue: ID } },
      { key: 'error.type', value: { stringValue: 'E' } },
      { key: 'n', value: 5 },
    ];
    const times = { startTimeUnixNano: '1791444600000000000', endTimeUnixNano: '1791444600000250000' };
    expect(parse({ ...span, ...times, attributes, status: { code: 'ERROR', message: 'bad' } })).toMatchObject({
      durationMs: 0.25,
      requestId: ID,
      error: { type: 'E', message: 'bad' },
    });
  });

  test.each([
    ['SERVER', 'server'],
    ['SPAN_KIND_CLIENT', 'client'],
    [5, 'consumer'],
    [0, undefined],
    [{}, undefined],
  ])('of the kind %j are %s', (kind, spanKind) => {
    expect((parse({ ...span, kind }) as { spanKind?: string }).spanKind).toBe(spanKind);
  });

  test('tell what they called, and how it answered', () => {
    const attributes = {
      'aws.remote.service': 'AWS::DynamoDB',
      'aws.remote.operation': 'PutItem',
      'rpc.service': 'DynamoDB',
      'http.response.status_code': 400,
    };
    expect(parse({ ...span, attributes })).toMatchObject({
      remoteService: 'AWS::DynamoDB',
      remoteOperation: 'PutItem',
      httpStatusCode: 400,
    });
    const otlp = [
      { key: 'db.system', value: { stringValue: 'postgresql' } },
      { key: 'http.status_code', value: { intValue: '503' } },
    ];
    expect(parse({ ...span, attributes: otlp })).toMatchObject({ remoteService: 'postgresql', httpStatusCode: 503 });
  });

  test('carry the exception of their events', () => {
    const events = [{ name: 'exception', attributes: { 'exception.type': 'E', 'exception.message': 'm' } }];
    expect(parse({ ...span, events })).toMatchObject({ error: { type: 'E', message: 'm' } });
  });

  test.each([{ spanId: 5 }, { startTimeUnixNano: 'now' }, { endTimeUnixNano: undefined }])(
    'without %j are application lines',
    (change) => {
      expect(parse({ ...span, ...change, attributes: 5, resource: 5 }).kind).toBe('application');
    },
  );
});
