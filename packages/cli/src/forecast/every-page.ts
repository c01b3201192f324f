/** Asks until a page names no next one; `onMore` is told of so many pages as there are while another one follows. */
export async function everyPage<Page extends { readonly cursor?: string | undefined }>(
  ask: (cursor: string | undefined) => Promise<Page>,
  onMore: (pages: number) => void,
): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    pages.push(page);
    cursor = page.cursor;
    if (cursor !== undefined) onMore(pages.length);
  } while (cursor !== undefined);
  return pages;
}
