import { type Alert, AlertRequested, AnomalyDetected, type Finding, type FunctionChange } from '@lamplighter/contracts';
import type { ApiDeps, ApiRequest } from '../src/api/api-request.ts';
import type { Asked, Services } from '../src/ports.ts';

export const NOW = 1_700_000_700_000;
export const finding: Finding = AnomalyDetected.example.finding;

export const alert: Alert = {
  alertId: 'alert-1',
  groupKey: AlertRequested.example.groupKey,
  severity: 'warning',
  title: AlertRequested.example.title,
  text: AlertRequested.example.text,
  subject: { kind: 'other', id: 'nightly-import' },
  state: 'open',
  revision: 0,
  openedAt: NOW,
  updatedAt: NOW,
  occurrences: 1,
  escalationStep: 0,
  deliveries: [],
};

/** New code of `$LATEST` of a function called `pay`, as a trail tells it. */
export const aDeploy: FunctionChange = {
  ...{ changeId: 'change-1', accountId: finding.resource.accountId, region: finding.resource.region },
  ...{ functionName: 'pay', at: NOW - 90_000, source: 'cloudtrail', kind: 'code', version: '$LATEST' },
  by: 'deployer/anna',
};

const absent = async (): Promise<{ kind: 'not-deployed' }> => ({ kind: 'not-deployed' });

/** Services of which none is deployed, but for those given. */
export const fakeServices = (given: Partial<Services> = {}): Services => ({
  audit: absent,
  findings: absent,
  alerts: absent,
  remediations: absent,
  forecasts: absent,
  ...given,
});

export const answered = <Answer>(answer: Answer): Asked<Answer> => ({ kind: 'answered', answer });

export const fakeDeps = (services: Partial<Services> = {}, more: Partial<ApiDeps> = {}): ApiDeps => ({
  services: fakeServices(services),
  search: async () => ({ hits: [] }),
  stage: 'test',
  place: ' --stage test --region eu-west-1',
  now: () => NOW,
  forget: () => {},
  ...more,
});

export const aGet = (
  path: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): ApiRequest => ({
  method: 'GET',
  path,
  query,
  headers,
  body: '',
  by: 'anna@example.com',
});

/** As the page sends it; `headers` take the place of the page's own. */
export const aPost = (path: string, body: unknown, headers: Record<string, string | undefined> = {}): ApiRequest => ({
  method: 'POST',
  path,
  query: {},
  headers: {
    'content-type': 'application/json',
    'x-lamplighter-console': '1',
    'sec-fetch-site': 'same-origin',
    ...headers,
  },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  by: 'anna@example.com',
});
