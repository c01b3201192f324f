import type { Playbook } from '../playbook.ts';

/** Stops a function that calls itself. Nothing runs afterwards, so no minute could tell that it helped: it stays until a person takes it back. */
export const stopLoop: Playbook = {
  name: 'stop-loop',
  answers: ['recursive-loop'],
  risk: 'high',
  permissions: ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'],
  verifies: 'none',
  propose: ({ function: settings, traffic }) => {
    if (settings === undefined || settings.reservedConcurrency === 0) return undefined;
    const { functionName, reservedConcurrency: now } = settings;
    return {
      change: { kind: 'lambda-reserved-concurrency', functionName, concurrency: 0 },
      title: `Stop ${functionName}: reserve no concurrency for it`,
      reason: `It calls itself, ${Math.round(traffic.callsPerMinute)} times a minute.`,
      costPerHourUsd: 0,
      undo: now === undefined ? 'The reservation is taken away.' : `The reservation is set back to ${now}.`,
    };
  },
};
