import type { BreachPredicted } from '@lamplighter/contracts';

export type BreachEvent = ReturnType<typeof BreachPredicted.parse>['data'];

/** Something that cannot be exceeded: its value in its unit. */
export type Limit = BreachEvent['limit'];
export type Recommendation = BreachEvent['recommendations'][number];
export type Resource = BreachEvent['resource'];
