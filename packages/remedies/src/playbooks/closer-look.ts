import type { Playbook } from '../playbook.ts';

const MINUTES = 30;

/** Every call is traced while an incident lasts. */
export const tracingUp: Playbook = {
  name: 'tracing-up',
  answers: ['slow-down', 'timeouts', 'timeout-risk'],
  risk: 'low',
  permissions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
  verifies: 'none',
  propose: ({ function: settings, finding }) => {
    const isExplained = finding.causes.some(({ kind, share }) => kind === 'dependency' && (share ?? 0) >= 0.5);
    if (settings === undefined || settings.tracing === 'Active' || isExplained) return undefined;
    return {
      change: { kind: 'lambda-configuration', functionName: settings.functionName, tracing: 'Active' },
      title: `Trace ${settings.functionName} for ${MINUTES} minutes`,
      reason: 'Nothing says yet where its time goes.',
      costPerHourUsd: 0,
      undo: 'Tracing is set back to PassThrough.',
      untilMinutes: MINUTES,
    };
  },
};

/** The application says more while an incident lasts. */
export const logLevelUp: Playbook = {
  name: 'log-level-up',
  answers: ['error-burst', 'poison-message'],
  risk: 'low',
  permissions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
  verifies: 'none',
  propose: ({ function: settings, finding }) => {
    const isExplained = finding.causes.some(({ kind }) => kind === 'deploy' || kind === 'dependency');
    const level = settings?.applicationLogLevel;
    // Without JSON logging there is no level to set.
    if (settings === undefined || level === undefined || level === 'DEBUG' || level === 'TRACE' || isExplained)
      return undefined;
    return {
      change: { kind: 'lambda-configuration', functionName: settings.functionName, applicationLogLevel: 'DEBUG' },
      title: `Let ${settings.functionName} log at DEBUG for ${MINUTES} minutes`,
      reason: 'The errors do not say why they happen.',
      costPerHourUsd: 0,
      undo: `The log level is set back to ${level}.`,
      untilMinutes: MINUTES,
    };
  },
};
