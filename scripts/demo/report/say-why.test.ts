import { expect, test } from '@jest/globals';
import { renderPage } from './page/render-page.ts';
import { renderReport } from './render-terminal.ts';
import { SAMPLE_REPORT } from './sample-report.ts';

const paint = (_colour: unknown, text: string): string => text;
const dear = { ...SAMPLE_REPORT, cost: { callsUsd: 0.004, lamplighterUsd: 0.027 } };
const cheap = { ...SAMPLE_REPORT, cost: { callsUsd: 0.027, lamplighterUsd: 0.004 } };
const missed = { ...SAMPLE_REPORT, forecasts: { ...SAMPLE_REPORT.forecasts, wape: 0.34, naiveWape: 0.31 } };
const WATCHING = 'costs more than what is watched here, because it goes by minutes';
const NAIVE = 'no better than to take the last five minutes: a story of 20 minutes';

test('where watching costs more than what is watched, both reports say why, and else not', () => {
  for (const render of [renderPage, (report: typeof dear) => renderReport(report, { paint })]) {
    expect(render(dear)).toContain(WATCHING);
    expect(render(cheap)).not.toContain(WATCHING);
  }
});

test('where forecasts were no better than the naive one, both reports say why, and else not', () => {
  for (const render of [renderPage, (report: typeof dear) => renderReport(report, { paint })]) {
    expect(render(missed)).toContain(NAIVE);
    expect(render(SAMPLE_REPORT)).not.toContain(NAIVE);
  }
});
