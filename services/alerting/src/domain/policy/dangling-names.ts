import type { AlertingPolicy } from './policy.ts';

export interface PolicyProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Names of people, channels and rotas that the policy uses and does not have. */
export function danglingNames(policy: AlertingPolicy): PolicyProblem[] {
  const used = [...namesInRotas(policy), ...namesInEscalation(policy), ...namesInFallbacks(policy)];
  return used
    .filter(({ kind, name }) => !Object.hasOwn(policy[kind], name))
    .map(({ kind, name, path }) => ({ path, message: `${kind} has no ${name}` }));
}

interface UsedName {
  readonly kind: 'people' | 'channels' | 'rotas';
  readonly name: string;
  readonly path: (string | number)[];
}

function namesInRotas({ rotas }: AlertingPolicy): UsedName[] {
  return Object.entries(rotas).flatMap(([rota, { people, overrides }]) => [
    ...people.map((name, at): UsedName => ({ kind: 'people', name, path: ['rotas', rota, 'people', at] })),
    ...overrides.map(({ person }, at): UsedName => {
      return { kind: 'people', name: person, path: ['rotas', rota, 'overrides', at] };
    }),
  ]);
}

function namesInEscalation({ escalation }: AlertingPolicy): UsedName[] {
  return Object.entries(escalation).flatMap(([severity, steps]) =>
    steps.flatMap(({ through, to }, at): UsedName[] => {
      const path = ['escalation', severity, at];
      const channels = through.map((name): UsedName => ({ kind: 'channels', name, path: [...path, 'through'] }));
      const targets = to.flatMap((target): UsedName[] => {
        const [kind, name] = target.split(':');
        return name === undefined ? [] : [{ kind: kind === 'rota' ? 'rotas' : 'people', name, path: [...path, 'to'] }];
      });
      return [...channels, ...targets];
    }),
  );
}

function namesInFallbacks({ fallbacks }: AlertingPolicy): UsedName[] {
  return Object.entries(fallbacks).flatMap(([channel, others]) =>
    [channel, ...others].map((name): UsedName => ({ kind: 'channels', name, path: ['fallbacks', channel] })),
  );
}
