/** Of the report's page: the reader's own colours, dark or light. */
export const STYLE = `
:root { color-scheme: light dark; --text: light-dark(#1d2430, #e8eaee); --faint: light-dark(#5b6573, #a3adba); --line: light-dark(#d9dee5, #39424f);
  --page: light-dark(#ffffff, #14181e); --a: light-dark(#0b66c3, #6db3f8); --b: light-dark(#b3420a, #f5a35c); --c: light-dark(#5b6573, #a3adba); --d: light-dark(#1a7f37, #6fd08c); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 860px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 40px 0 4px; }
p, figcaption span { color: var(--faint); margin: 4px 0 12px; } p b, .sum b { color: var(--text); }
.sum { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; }
.sum div { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; color: var(--faint); } .sum b { display: block; font-size: 22px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; } th { color: var(--faint); font-weight: 500; }
td.n, th.n { text-align: right; white-space: nowrap; }
figure { margin: 16px 0 24px; } svg { width: 100%; height: auto; display: block; }
.grid { stroke: var(--line); } .tick, .unit { fill: var(--faint); font-size: 11px; } .mark { stroke: var(--faint); stroke-dasharray: 3 3; } text.mark { stroke: none; fill: var(--text); font-size: 11px; }
.line { fill: none; stroke-width: 2; } .line.a { stroke: var(--a); } .line.b { stroke: var(--b); } .line.c { stroke: var(--c); stroke-dasharray: 6 4; } .line.d { stroke: var(--d); }
.bar { opacity: .75; } .bar.a { fill: var(--a); } .bar.b { fill: var(--b); } .bar.c { fill: var(--c); } .bar.d { fill: var(--d); } .band { fill: var(--a); opacity: .18; }
.legend { font-size: 13px; } .key { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin-right: 4px; vertical-align: -1px; }
.key.a, .key.band { background: var(--a); } .key.band { opacity: .3; margin-left: 10px; } .key.b { background: var(--b); } .key.c { background: var(--c); } .key.d { background: var(--d); } .legend .key + .key { margin-left: 10px; }
code, pre { font: 13px/1.5 ui-monospace, monospace; } pre { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; overflow-x: auto; }
.good { color: var(--d); } .bad { color: var(--b); }
`;
