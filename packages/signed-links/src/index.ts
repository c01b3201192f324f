export { escapeHtml, htmlPage, htmlResponse, messagePage } from './link-page.ts';
export { readToken, signToken, type TokenReading } from './signed-token.ts';
