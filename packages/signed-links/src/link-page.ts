const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** By media query: it reaches browsers that do not know `light-dark()`. The colours are the console's. */
const STYLE = `:root{color-scheme:light dark;--ground:#ffffff;--text:#17202a;--critical:#b03a00;--warning:#8a5200}
@media (prefers-color-scheme:dark){:root{--ground:#10151b;--text:#e8edf2;--critical:#ff8a52;--warning:#f5b83d}}
body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;background:var(--ground);color:var(--text)}
h2{font-size:1rem;margin:1rem 0 0}pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
button{font:inherit;padding:.6rem 1rem;margin:.2rem .4rem .2rem 0}
.critical{color:var(--critical);font-weight:700}.warning{color:var(--warning);font-weight:700}`;

/** The answer of an HTTP API to a person who followed a link: nothing is loaded, framed, kept or passed on as a referrer. */
export const htmlResponse = (status: number, html: string) => ({ statusCode: status, headers: HEADERS, body: html });

/** Text of any origin as text: no element, no attribute, no direction that spills over. */
export const escapeHtml = (text: string): string => `<bdi>${entities(text)}</bdi>`;

/**
 * A page without a script, behind a link in a message: a phone shows it, a mail scanner sets nothing off.
 * @param title any text
 * @param body HTML, its texts already escaped
 */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${entities(title)}</title>
<style>${STYLE}</style></head>
<body>${body}</body></html>`;

/** A page that says one thing, of any text. */
export const messagePage = (message: string): string => htmlPage(message, `<h1>${escapeHtml(message)}</h1>`);

const entities = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
