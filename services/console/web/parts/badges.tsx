import { serverNow } from '../live/api-client.ts';
import { ago, utc } from '../text/say-figures.ts';

export type Severity = 'critical' | 'warning' | 'info';

const SHAPES: Readonly<Record<Severity, string>> = { critical: '▲', warning: '◆', info: '●' };

/** How bad, by shape and word; the colour only helps. */
export const SeverityBadge = ({ severity }: { readonly severity: Severity }) => (
  <span class={`badge ${severity}`}>
    <span aria-hidden="true">{SHAPES[severity]}</span> {severity}
  </span>
);

const TONES: Readonly<Record<string, string>> = {
  open: 'warning',
  'awaiting-approval': 'warning',
  failed: 'critical',
  'failed-untouched': 'warning',
  error: 'critical',
  timeout: 'critical',
  'out-of-memory': 'critical',
  'init-error': 'critical',
  kept: 'good',
  resolved: 'good',
  success: 'good',
  up: 'good',
  'not-deployed': 'warning',
};

/** A state in its own words: `awaiting-approval` as “awaiting approval”. */
export const StateBadge = ({ state }: { readonly state: string }) => (
  <span class={`badge ${TONES[state] ?? 'plain'}`}>{state.replaceAll('-', ' ')}</span>
);

/** How long ago, and exactly when. */
export const When = ({ at }: { readonly at: number }) => (
  <time dateTime={new Date(at).toISOString()} title={new Date(at).toISOString()}>
    {ago(at, serverNow())} <span class="faint">({utc(at)})</span>
  </time>
);
