/**
 * How far an event may lie from an attempt's own ones and still belong to it, in milliseconds: Lambda's longest timeout (900 s) and a minute for clock skew and late
 * records. Whose an event is may be decided by what lies as far from it again, so whoever keeps events need not read more of a stream than twice this.
 */
export const NEIGHBOURHOOD_MS = 16 * 60_000;

/** Lines before a START without any sign of an initialisation: on-demand init ends after 10 s; the rest is for slow image pulls. */
export const BEFORE_START_MS = 30_000;

/** Lines after a REPORT (extensions, shutdown hooks). Half the neighbourhood, so that both attempts beside a gap can see each other. */
export const AFTER_REPORT_MS = NEIGHBOURHOOD_MS / 2;

/** Lines after a START that nothing has closed yet. */
export const OPEN_MS = NEIGHBOURHOOD_MS - BEFORE_START_MS;
