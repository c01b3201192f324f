/** Members whose keys are data, not names. */
const MAPS = ['routeSettings', 'stageVariables', 'tags'];

/**
 * A body of the wire in CloudFormation's capitals, so that one reader serves both: `defaultRouteSettings.throttlingRateLimit` becomes
 * `DefaultRouteSettings.ThrottlingRateLimit`. The keys of maps (route keys, variables) stay, what they hold is renamed.
 */
export function fromWire(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [capital(name), MAPS.includes(name) ? mapOf(value) : renamed(value)]),
  );
}

const mapOf = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one)])) : value;

const renamed = (value: unknown): unknown => (isObject(value) ? fromWire(value) : value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
