import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { InvocationStory, InvocationSummary } from '@lamplighter/contracts';

export const STORIES = 'stories.ndjson';
export const INDEX = 'index.ndjson';

/** Where a story lies in the stories file. */
export interface IndexEntry {
  readonly offset: number;
  readonly length: number;
  readonly invocation: InvocationSummary;
}

/**
 * Keeps stories in a folder, so that they can be read after the process has ended: `stories.ndjson`, a story a line, and
 * `index.ndjson`, an invocation a line with the place of its story. The folder is replaced as a whole, once everything is written.
 */
export async function storeStories(folder: string, stories: AsyncIterable<InvocationStory>): Promise<number> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    const count = await writeStories(draft, stories);
    await replaceFolder(draft, folder);
    return count;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Replays that end at the same time may each put their folder there first: the last one stays. */
async function replaceFolder(draft: string, folder: string, attemptsLeft = 10): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await rename(draft, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (attemptsLeft === 0 || (code !== 'ENOTEMPTY' && code !== 'EEXIST')) throw error;
    await replaceFolder(draft, folder, attemptsLeft - 1);
  }
}

async function writeStories(draft: string, stories: AsyncIterable<InvocationStory>): Promise<number> {
  const text = createWriteStream(join(draft, STORIES));
  const index = createWriteStream(join(draft, INDEX));
  let offset = 0;
  let count = 0;
  try {
    for await (const story of stories) {
      const line = Buffer.from(`${JSON.stringify(story)}\n`);
      const entry: IndexEntry = { offset, length: line.length, invocation: story.invocation };
      if (!text.write(line)) await once(text, 'drain');
      if (!index.write(`${JSON.stringify(entry)}\n`)) await once(index, 'drain');
      offset += line.length;
      count++;
    }
    await Promise.all([finished(text.end()), finished(index.end())]);
  } finally {
    text.destroy();
    index.destroy();
  }
  return count;
}
