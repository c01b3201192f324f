import type { Severity } from '@lamplighter/contracts';

const ORDER: readonly Severity[] = ['info', 'warning', 'critical'];

export const isBelow = (severity: Severity, other: Severity): boolean => ORDER.indexOf(severity) < ORDER.indexOf(other);

export const worseOf = (a: Severity, b: Severity): Severity => (isBelow(a, b) ? b : a);
