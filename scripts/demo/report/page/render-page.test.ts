import { expect, test } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { SAMPLE_REPORT } from '../sample-report.ts';
import { chart } from './chart.ts';
import { html } from './html.ts';
import { renderPage } from './render-page.ts';

const HOSTILE = `<img src=x onerror="alert(1)"></td><script>alert('1')</script>\u202egpj.\u001b[31m & "more"`;

test('values of a template are text, whatever they hold', () => {
  expect(html`<p title="${HOSTILE}">${HOSTILE}</p>`.text).not.toMatch(/<img|<script|<\/td|\u202e|\u001b/);
  expect(html`<p>${html`<b>${'a < b'}</b>`}${[html`<i>1</i>`, html`<i>2</i>`]}${undefined}</p>`.text).toBe(
    '<p><b>a &lt; b</b><i>1</i><i>2</i></p>',
  );
});

test('a patch keeps its lines', () => {
  expect(html`<pre>${'CREATE INDEX\n\tON payment'}</pre>`.text).toBe('<pre>CREATE INDEX\n\tON payment</pre>');
});

test('hostile names, titles and causes stay text on the page', () => {
  const [fault] = SAMPLE_REPORT.truth.faults;
  const { finding, repair } = fault!;
  const page = renderPage({
    ...SAMPLE_REPORT,
    watched: [{ ...SAMPLE_REPORT.watched[0]!, functionName: HOSTILE }],
    alerts: [{ ...SAMPLE_REPORT.alerts[0]!, title: HOSTILE }],
    truth: {
      ...SAMPLE_REPORT.truth,
      faults: [
        {
          ...fault!,
          name: HOSTILE,
          finding: { ...finding!, title: HOSTILE, cause: { name: HOSTILE } },
          repair: { ...repair!, title: HOSTILE, patch: HOSTILE },
        },
      ],
    },
  });

  expect(page).not.toMatch(/<img|<script|\u202e|\u001b/);
  expect(page).toContain('\\u{202e}');
});

test('the page loads nothing, and shows every figure of the report', () => {
  const page = renderPage(SAMPLE_REPORT);

  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/(src|href)=|url\(|@import/);
  for (const shown of ['33', '100.00 %', 'after 117 s', '302 before, 107 after', '83 %', '$904.99', '3,008'])
    expect(page).toContain(shown);
});

test('a chart is well-formed, and its line ends where the highest value is', () => {
  const drawn = chart({
    title: 'Requests',
    source: 'real',
    unit: 'a minute',
    series: [
      {
        name: 'requests',
        tone: 'a',
        points: [
          [0, 0],
          [60_000, 50],
          [120_000, 100],
        ],
      },
    ],
    band: {
      name: 'band',
      points: [
        [0, 0, 10],
        [120_000, 50, 100],
      ],
    },
    marks: [
      { at: 60_000, text: 'fault' },
      { at: 999_999, text: 'outside' },
    ],
    formatTime: String,
  }).text;

  expect(XMLValidator.validate(drawn)).toBe(true);
  const { figure } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(drawn);
  expect(figure.svg.polyline.points).toMatch(/^56\.0,196\.0 .* 708\.0,24\.0$/);
  expect(drawn).toContain('>fault</text>');
  expect(drawn).not.toContain('outside');
});

test('bars stand between the axes, each in the time from its instant to the next', () => {
  const drawn = chart({
    title: 'x',
    source: 'x',
    unit: 'x',
    series: [
      {
        name: 'x',
        tone: 'a',
        isBars: true,
        points: [
          [0, 1],
          [60_000, 2],
          [120_000, 2],
        ],
      },
    ],
    marks: [{ at: 150_000, text: 'within the last' }],
    formatTime: String,
  });
  const { figure } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(drawn.text);
  const spans = figure.svg.rect.map(({ x, width }: { x: string; width: string }) => [+x, +x + +width]);

  expect(spans.flat()).toEqual(spans.flat().toSorted((a: number, b: number) => a - b));
  expect(spans[0][0]).toBeGreaterThan(56);
  expect(spans[2][1]).toBeLessThan(708);
  expect(drawn.text).toContain('>within the last</text>');
});

test('a chart of nothing has axes and no broken numbers', () => {
  const drawn = chart({
    title: 'x',
    source: 'x',
    unit: 'x',
    series: [{ name: 'x', tone: 'a', points: [[5, 0]] }],
    formatTime: String,
  });

  expect(drawn.text).not.toMatch(/NaN|Infinity/);
});

test('one bar alone is drawn', () => {
  const series = [{ name: 'x', tone: 'a', isBars: true, points: [[5, 3]] }] as const;

  const drawn = chart({ title: 'x', source: 'x', unit: 'x', series, formatTime: String });

  expect(drawn.text).toMatch(/<rect class="bar a" x="\d+\.\d"/);
  expect(drawn.text).not.toMatch(/NaN|Infinity/);
});
