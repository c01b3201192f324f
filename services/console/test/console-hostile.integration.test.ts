import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type AuditAnswer,
  type AuditQuery,
  BreachPredicted,
  type ForecastsAnswer,
  type ForecastsQuery,
  RemediationChanged,
  type RemediationsAnswer,
  type RemediationsQuery,
} from '@lamplighter/contracts';
import type { Page } from 'playwright-core';
import { HOSTILE } from './a-night.ts';
import { DESKTOP, goTo, openPage } from './browser.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { alert, answered, finding } from './fake-services.ts';
import { hostilityOf, NONE } from './hostility.ts';
import { startPlayedConsole } from './played-console.ts';

/** As it has to be read: its letters, and what hides as codes. */
const SHOWN = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\\u{202e}txt.exe\\u{1b}[31m\\u{7}';

const place = { accountId: '123456789012', region: 'us-east-1' };
const resource = { ...place, type: 'lambda-function' as const, name: HOSTILE };
const hostileFinding = {
  ...finding,
  resource,
  title: HOSTILE,
  explanation: HOSTILE,
  evidence: [{ text: HOSTILE }],
  causes: [{ kind: 'dependency' as const, name: HOSTILE, evidence: [{ text: HOSTILE }] }],
};
const hostileAlert = { ...alert, title: HOSTILE, text: HOSTILE, acknowledgedBy: HOSTILE };
const repair = { ...RemediationChanged.example.remediation, resource, title: HOSTILE, reason: HOSTILE, undo: HOSTILE };
const breach = { ...BreachPredicted.example, resource, explanation: HOSTILE };
const invocation = {
  ...place,
  ...{ requestId: 'r-1', functionName: HOSTILE, logGroup: HOSTILE, logStream: HOSTILE, startedAt: finding.openedAt },
  ...{ coldStart: false, status: 'error' as const, errorType: HOSTILE, errorMessage: HOSTILE, attempts: 1 },
  ...{ messages: [{ stream: HOSTILE, sequenceNumber: '1' }], logLines: 1, missing: [] },
};
const span = {
  ...{ traceId: 't', name: HOSTILE, startedAt: finding.openedAt, endedAt: finding.openedAt + 5, durationMs: 5 },
  ...{ serviceName: HOSTILE, remoteService: HOSTILE, remoteOperation: HOSTILE },
  error: { type: HOSTILE, message: HOSTILE },
};
const spans = ['a', 'b', 'c'].flatMap((id) => [
  { ...span, spanId: `${HOSTILE}${id}` },
  { ...span, spanId: id, parentSpanId: HOSTILE, name: `${id} ${HOSTILE}`, remoteOperation: undefined },
]);
const line = { timestamp: finding.openedAt, logStream: HOSTILE, source: 'application' as const, message: HOSTILE };

function audit(query: AuditQuery): AuditAnswer {
  if (query.kind === 'by-request')
    return { kind: 'story', story: { invocation, attempts: [], lines: [line], linesOmitted: 0, spans } };
  if (query.kind === 'functions')
    return { kind: 'functions', functions: [{ ...place, functionName: HOSTILE, logGroup: HOSTILE }] };
  return query.kind === 'windows' ? { kind: 'windows', windows: [] } : { kind: 'completeness', hours: [] };
}

function remediations(query: RemediationsQuery): RemediationsAnswer {
  if (query.kind === 'overview') return { kind: 'overview', waiting: [], recent: [repair], isKilled: false };
  if (query.kind === 'guardrails') return { kind: 'guardrails', isKilled: false, config: { note: HOSTILE } };
  return query.kind === 'by-id'
    ? { kind: 'remediation', remediation: repair }
    : { kind: 'remediations', remediations: [repair] };
}

function forecasts(query: ForecastsQuery): ForecastsAnswer {
  if (query.kind === 'breaches') return { kind: 'breaches', breaches: [breach] };
  if (query.kind === 'forecasts') return { kind: 'forecasts', forecasts: [] };
  return { kind: 'invalid-query', reason: 'not played' };
}

describeInBrowser('hostile text', (browser) => {
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;
  let page: Page;

  beforeAll(async () => {
    served = await startPlayedConsole({
      audit: async (query) => answered(audit(query)),
      findings: async ({ kind }) =>
        kind === 'by-id'
          ? answered({ kind: 'finding', finding: hostileFinding })
          : answered({ kind: 'findings', findings: [hostileFinding] }),
      alerts: async ({ kind }) => {
        if (kind === 'on-call') return answered({ kind, rotas: [{ rota: HOSTILE, person: HOSTILE }] });
        return kind === 'by-id'
          ? answered({ kind: 'alert', alert: hostileAlert })
          : answered({ kind: 'alerts', alerts: [hostileAlert] });
      },
      remediations: async (query) => answered(remediations(query)),
      forecasts: async (query) => answered(forecasts(query)),
    });
    ({ page } = await openPage(browser(), served.url, DESKTOP));
  });
  afterAll(() => served?.stop());

  test.each([
    '#/now',
    '#/findings',
    '#/finding?id=f',
    '#/functions',
    '#/function?name=shop-pay',
    '#/remediations',
    '#/remediation?id=r',
    '#/alerts',
    '#/alert?id=a',
    '#/forecasts',
    '#/request?id=r-1',
    `#/search?q=${encodeURIComponent(HOSTILE)}`,
    `#/function?name=${encodeURIComponent(HOSTILE)}`,
  ])('is there as text on %s, and nothing more', async (address) => {
    await goTo(page, address);
    await page.locator('main').getByText(SHOWN).first().waitFor({ state: 'attached' });
    expect(await hostilityOf(page)).toEqual(NONE);
  });

  test('is text in a configuration too, as JSON writes it', async () => {
    await goTo(page, '#/guardrails');
    await page.locator('main').getByText('<script>window.pwned=1</script>').first().waitFor();
    expect(await hostilityOf(page)).toEqual(NONE);
  });
});
