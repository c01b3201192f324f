import type { BreachPredicted } from '@lamplighter/contracts';

/** The data of the event `BreachPredicted`. */
export type BreachEvent = ReturnType<typeof BreachPredicted.parse>['data'];

/** Something that cannot be exceeded: its value in its unit. */
export type Limit = BreachEvent['limit'];
/** One way out of a breach, as the event tells it. */
export type Recommendation = BreachEvent['recommendations'][number];
/** What has the limit, as the event tells it. */
export type Resource = BreachEvent['resource'];
