import type { Ask, ServiceName, Services } from '../ports.ts';

/** Services, and which of them were asked something that they did not answer. */
export interface Heard {
  readonly services: Services;
  /** In the order in which they were first silent; each once. */
  readonly unanswered: () => readonly ServiceName[];
}

/**
 * Listens to what services answer during one look: what a service did not tell is not known, which is not that it is not there. A service that is
 * not deployed has nothing to tell, and one that does not know the question is of an older release.
 */
export function listen(services: Services): Heard {
  const silent = new Set<ServiceName>();
  const heard =
    <Query, Answer extends { readonly kind: string }>(name: ServiceName, ask: Ask<Query, Answer>): Ask<Query, Answer> =>
    async (query) => {
      const asked = await ask(query);
      if (asked.kind === 'failed' || (asked.kind === 'answered' && asked.answer.kind === 'invalid-query'))
        silent.add(name);
      return asked;
    };
  return {
    services: {
      audit: heard('ingestion', services.audit),
      findings: heard('analysis', services.findings),
      alerts: heard('alerting', services.alerts),
      remediations: heard('remediation', services.remediations),
      forecasts: heard('prediction', services.forecasts),
    },
    unanswered: () => [...silent],
  };
}
