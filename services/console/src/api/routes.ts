import { postAnswer, postDecision, postKillSwitch } from './act.ts';
import type { Endpoint } from './api-request.ts';
import { getAlert, getAlerts } from './get-alerts.ts';
import { getCalls } from './get-calls.ts';
import { getFinding, getFindings } from './get-findings.ts';
import { getFleet } from './get-fleet.ts';
import { getCosts, getForecasts } from './get-forecasts.ts';
import { getFunction, getFunctions } from './get-functions.ts';
import { getGuardrails } from './get-guardrails.ts';
import { getNow } from './get-now.ts';
import { getOutlook } from './get-outlook.ts';
import { getRemediation, getRemediations } from './get-remediations.ts';
import { getRequest } from './get-request.ts';
import { getSearch } from './get-search.ts';

/** The API, a line a route. */
export const ROUTES: Readonly<Record<string, Endpoint>> = {
  'GET /api/now': getNow,
  'GET /api/findings': getFindings,
  'GET /api/finding': getFinding,
  'GET /api/request': getRequest,
  'GET /api/search': getSearch,
  'GET /api/functions': getFunctions,
  'GET /api/fleet': getFleet,
  'GET /api/function': getFunction,
  'GET /api/calls': getCalls,
  'GET /api/remediations': getRemediations,
  'GET /api/remediation': getRemediation,
  'GET /api/alerts': getAlerts,
  'GET /api/alert': getAlert,
  'GET /api/forecasts': getForecasts,
  'GET /api/outlook': getOutlook,
  'GET /api/costs': getCosts,
  'GET /api/guardrails': getGuardrails,
  'POST /api/decide': postDecision,
  'POST /api/answer': postAnswer,
  'POST /api/kill-switch': postKillSwitch,
};
