import type { LambdaClient } from '@aws-sdk/client-lambda';
import { AlertsAnswer, AuditAnswer, FindingsAnswer, ForecastsAnswer, RemediationsAnswer } from '@lamplighter/contracts';
import type { Services } from '../ports.ts';
import { lambdaAsk } from './lambda-ask.ts';

/** The query functions of a stage, by the names that their stacks give them. */
export function lambdaServices(lambda: LambdaClient, stage: string): Services {
  return {
    audit: lambdaAsk(lambda, `lamplighter-ingestion-${stage}-query-audit`, AuditAnswer),
    findings: lambdaAsk(lambda, `lamplighter-analysis-${stage}-query-findings`, FindingsAnswer),
    alerts: lambdaAsk(lambda, `lamplighter-alerting-${stage}-query-alerts`, AlertsAnswer),
    remediations: lambdaAsk(lambda, `lamplighter-remediation-${stage}-query-remediations`, RemediationsAnswer),
    forecasts: lambdaAsk(lambda, `lamplighter-prediction-${stage}-query-forecasts`, ForecastsAnswer),
  };
}
