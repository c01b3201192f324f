import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** How long anything in a browser may take where cores are shared: every wait of a test ends by it, with what it waited for. */
export const LONGEST_WAIT_MS = 120_000;

export const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
/** The narrowest that text has to fit without scrolling sideways (WCAG 1.4.10). */
export const SMALL_PHONE = { viewport: { width: 320, height: 640 }, colorScheme: 'dark' } as const;
export const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } as const;

/** A page that shows its first answers, and tells what went wrong in it: scripts that failed, and what its policy refused. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Of services that are not deployed the API says so with a 404, and the page shows it.
    const isNotDeployed =
      message.text().includes('404') && new URL(message.location().url).pathname.startsWith('/api/');
    if (message.type() === 'error' && !isNotDeployed) faults.push(message.text());
  });
  await page.goto(url);
  await page.waitForSelector('h1');
  await page.waitForSelector('main [aria-busy=true]', { state: 'detached' });
  return { page, faults, close: () => context.close() };
}

/** Goes to a page of the console by its hash, and waits until it shows an answer. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await until(page, `document.querySelector('main h1') && !document.querySelector('main [aria-busy=true]')`);
}

/** Waits until an expression holds in the page. Not `waitForFunction`, which evaluates text inside the page: its policy refuses that. */
export async function until(page: Page, condition: string): Promise<void> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const late = performance.now() + ${LONGEST_WAIT_MS};
    const look = () => {
      if (${condition}) resolve();
      else if (performance.now() > late) reject(new Error(${JSON.stringify(`still not: ${condition}`)}));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
  })`);
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Serious and critical violations of what axe-core checks, as `rule: element`. They are picked in the page: all that axe looked at is megabytes. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const hasAxe = await page.evaluate<boolean>('"axe" in window');
  if (!hasAxe) await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate<string[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
}

const IMAGES = join(import.meta.dirname, '../../../docs/images');

/** Takes a picture of the whole page into the folder that LOOK names, to be looked at and thrown away. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Takes the picture of the documentation, where SCREENSHOTS asks for it: each run would change its bytes. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(IMAGES, `console-${name}.png`) });
}
