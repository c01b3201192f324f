import { clockOf, counted, figure, share, usd } from '../../live/words.ts';
import { closerLooks } from '../closer-looks.ts';
import { type DemoReport, membersOf } from '../compose-report.ts';
import type { JudgedFault } from '../judge-faults.ts';
import { whyForecastsMiss, whyWatchingCosts } from '../say-why.ts';
import { forecastChart, latencyChart, requestChart, saleChart, saleCostChart } from './charts-of-report.ts';
import { Html, html } from './html.ts';
import { STYLE } from './style.ts';

/** The report as one file that needs nothing else: no script, no font, no address outside. Text from logs stays text. Pure. */
export function renderPage(report: DemoReport): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Lamplighter: Black Friday at a hotel group</title><style>${new Html(STYLE)}</style></head><body>
<h1>Black Friday at a hotel group</h1>
<p>${new Date(report.from).toISOString().slice(0, 10)}, ${clockOf(report.from)} to ${clockOf(report.until)} UTC of the story. Every stack as <code>sls package</code> wrote it, in an AWS inside one process.</p>
${summary(report)}
<h2>What guests did and felt</h2>
${requestChart(report)}${latencyChart(report)}
<h2>Every call, by request ID</h2>
<p>The audit beside CloudWatch's own count: <b>${share(report.completenessPct)}</b> complete.</p>
${watchedTable(report)}
<h2>Findings against the truth</h2>
<p>Injected: ${counted(report.truth.faults.length, 'fault')}; ${counted(report.truth.falseAlarms.length, 'false alarm')}.</p>
${report.truth.faults.map(faultTable)}
<h2>Forecasts against what came</h2>
${forecastPart(report)}
<h2>Alerts</h2>
<p>${report.paged} messages on the phone, ${report.chatted} in the chat.</p>
${alertTable(report)}
<h2>Cost</h2>
${costPart(report)}
<h2>The same sale at 100,000 requests a second</h2>
<p>The twin: simulated, not measured. ${report.sale.requests.toLocaleString('en-US')} requests in ${report.sale.hours.toFixed(1)} hours, ${report.sale.servedPct.toFixed(2)} % served.</p>
${saleChart(report)}${saleCostChart(report)}
<h2>More closely</h2>
<pre>${closerLooks(report, undefined).map(
    ({ what, command }) => html`# ${what}
${command}
`,
  )}</pre>
</body></html>
`;
  return page.text;
}

function forecastPart(report: DemoReport): Html {
  const { points, wape, naiveWape, coverage95Pct } = report.forecasts;
  if (points.length === 0) return html`<p>None came due within the story.</p>`;
  return html`${forecastChart(report)}
<p>Off by ${Math.round(100 * wape)} % ("as in the five minutes before": ${Math.round(100 * naiveWape)} %); ${Math.round(coverage95Pct)} % of what came lay within the 95 % band. ${whyForecastsMiss(report) ?? ''}</p>`;
}

function summary({ minutes, completenessPct, truth, cost, idle }: DemoReport): Html {
  const requests = minutes.reduce((sum, minute) => sum + minute.requests, 0);
  const repaired = truth.faults.filter(({ repair }) => repair?.state === 'kept').length;
  const cell = (value: string, text: string) => html`<div><b>${value}</b>${text}</div>`;
  return html`<div class="sum">${[
    cell(requests.toLocaleString('en-US'), 'real requests of guests'),
    cell(share(completenessPct), 'of all Lambda calls audited'),
    cell(`${repaired} of ${truth.faults.length}`, 'faults found, repaired, verified'),
    cell(usd(cost.callsUsd), 'for all these calls and ours that set the stage, by list price'),
    cell(
      usd(idle.lamplighterUsdPerHour),
      `an hour for Lamplighter at rest, ${usd(idle.lamplighterUsdPerHour * 730)} a month`,
    ),
  ]}</div>`;
}

function watchedTable({ watched }: DemoReport): Html {
  return table(
    ['function', 'invoked', 'audited', 'failed', 'cold starts', 'cost'],
    watched.map((one) => [
      one.functionName,
      ...[one.invoked, one.audited, one.failed, one.coldStarts].map((value) => value.toLocaleString('en-US')),
      `$${one.usd.toFixed(6)}`,
    ]),
  );
}

function faultTable({ name, injectedAt, finding, repair, isGone }: JudgedFault): Html {
  const after = (ms: number | undefined) => (ms === undefined ? 'never' : `after ${Math.round(ms / 1000)} s`);
  const proof = repair?.verification;
  const row = (label: string, text: string, when: string) =>
    html`<tr><th>${label}</th><td>${text}</td><td class="n">${when}</td></tr>`;
  return html`<h3>${name}</h3><div class="wide"><table>${[
    row('injected', '', clockOf(injectedAt)),
    row('found', finding?.title ?? 'never', after(finding?.afterMs)),
    row(
      'cause',
      finding?.cause
        ? `${finding.cause.name}${finding.cause.share === undefined ? '' : `, explains ${Math.round(finding.cause.share * 100)} % of it`}`
        : 'not named',
      finding?.isCauseRight ? 'right' : 'not the injected one',
    ),
    row('repaired', repair?.title ?? 'never', after(repair?.appliedAfterMs)),
    row(
      'verified',
      proof
        ? `${proof.metric}: ${figure(proof.before)} before, ${figure(proof.after)} after, ${figure(proof.target)} wanted, ${proof.unit}`
        : 'no',
      repair?.state === 'kept' ? after(repair.endedAfterMs) : (repair?.state ?? ''),
    ),
    row('really gone', 'asked of the resource itself', isGone ? 'yes' : 'no'),
  ]}</table></div>${repair?.patch && html`<p>For the owner, so that the next deploy does not undo it:</p><pre>${repair.patch}</pre>`}`;
}

function alertTable({ alerts }: DemoReport): Html {
  return table(
    ['alert', 'severity', 'opened', 'closed'],
    alerts.flatMap((alert) => [
      [
        alert.title,
        alert.severity,
        clockOf(alert.openedAt),
        alert.closedAt === undefined ? 'open' : clockOf(alert.closedAt),
      ],
      ...membersOf(alert).map(({ title, since }) => [`… ${title}`, '', `since ${clockOf(since)}`, '']),
    ]),
  );
}

function costPart(report: DemoReport): Html {
  const why = whyWatchingCosts(report);
  return html`${costTable(report)}${why && html`<p>${why}</p>`}`;
}

function costTable({ cost, idle, sale }: DemoReport): Html {
  return table(
    ['what', 'USD', 'source'],
    [
      ['calls of the story', usd(cost.callsUsd), 'audit, price book'],
      ['watching them', usd(cost.lamplighterUsd), 'computed from the design'],
      ['Lamplighter at rest, an hour', usd(idle.lamplighterUsdPerHour), 'packaged stacks, price book'],
      ['the application at rest, an hour', usd(idle.sampleUsdPerHour), 'packaged stacks, price book'],
      ['the large sale: functions and APIs', usd(sale.computeUsd), 'twin'],
      ['… its dearest hour', usd(sale.dearestHourUsd), 'twin'],
      [
        `a fleet for its peak (${sale.fleet.tasks.toLocaleString('en-US')} tasks), the same time`,
        usd(sale.fleet.usd),
        'twin',
      ],
      ['… each day that it stands', usd(sale.fleet.usdPerHour * 24), 'twin'],
    ],
  );
}

/** All columns but the first are figures, or short words. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): Html {
  const cells = (row: readonly string[], tag: 'th' | 'td') =>
    row.map((cell, at) =>
      tag === 'th'
        ? html`<th class="${at === 0 ? '' : 'n'}">${cell}</th>`
        : html`<td class="${at === 0 ? '' : 'n'}">${cell}</td>`,
    );
  return html`<div class="wide"><table><tr>${cells(head, 'th')}</tr>${rows.map((row) => html`<tr>${cells(row, 'td')}</tr>`)}</table></div>`;
}
