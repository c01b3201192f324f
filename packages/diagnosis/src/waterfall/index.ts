export type { Bar } from './bars.ts';
export { longestRows } from './longest-rows.ts';
export { type RequestWaterfall, requestWaterfalls } from './request-waterfalls.ts';
export type { WaterfallRow } from './waterfall.ts';
