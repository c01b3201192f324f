import type { Page } from 'playwright-core';

/** What of hostile text was more than text: elements, scripts that ran, characters that hide. */
export async function hostilityOf(page: Page) {
  const text = (await page.locator('body').textContent()) ?? '';
  return {
    elements: await page.locator('main img, main script, main b').count(),
    ran: await page.evaluate<boolean>('window.pwned !== undefined'),
    hidden: [...text.matchAll(/[\u202e\u001b\u0007]/g)].length,
    title: [...(await page.title()).matchAll(/[\u202e\u001b\u0007]/g)].length,
  };
}

export const NONE = { elements: 0, ran: false, hidden: 0, title: 0 };
