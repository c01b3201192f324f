/** A message of a conversation. */
export interface SlackPost {
  readonly ts: string;
  readonly thread?: string;
  text: string;
  metadata: unknown;
}

/** Slack's conversations, as far as an alert needs them: posting, updating, looking back. */
export class FakeSlack {
  readonly #conversations = new Map<string, SlackPost[]>();
  readonly #threads = new Map<string, SlackPost[]>();
  readonly #byTs = new Map<string, SlackPost>();
  readonly #now: () => number;
  #posted = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What people see without opening a thread. */
  roots(conversation: string): readonly SlackPost[] {
    return this.#conversations.get(conversation) ?? [];
  }

  /** What stands in the threads of a conversation. */
  replies(conversation: string): readonly SlackPost[] {
    return this.roots(conversation).flatMap(({ ts }) => this.#threads.get(`${conversation}:${ts}`) ?? []);
  }

  /** Ids of the conversations in which something was posted. */
  conversations(): readonly string[] {
    return [...this.#conversations.keys()];
  }

  /** A person deletes a message. */
  remove(conversation: string, ts: string): void {
    this.#byTs.delete(`${conversation}:${ts}`);
    this.#conversations.set(
      conversation,
      this.roots(conversation).filter((post) => post.ts !== ts),
    );
  }

  /** The answer to one call of the Web API. */
  answer(method: string, body: Readonly<Record<string, unknown>>): object {
    const conversation = String(body.channel);
    switch (method) {
      case 'conversations.open':
        return { ok: true, channel: { id: `D-${body.users}` } };
      case 'conversations.history':
        return pageOf(this.roots(conversation), body, 'newest first');
      case 'conversations.replies':
        return pageOf(this.#threads.get(`${conversation}:${body.ts}`) ?? [], body, 'oldest first');
      case 'chat.postMessage':
        return this.#post(conversation, body);
      case 'chat.update':
        return this.#update(conversation, body);
      default:
        return { ok: false, error: 'unknown_method' };
    }
  }

  #post(conversation: string, { text, metadata, thread_ts }: Readonly<Record<string, unknown>>): object {
    const ts = `${Math.floor(this.#now() / 1000)}.${String(++this.#posted).padStart(6, '0')}`;
    const thread = thread_ts as string | undefined;
    const post: SlackPost = { ts, text: String(text), metadata, ...(thread !== undefined && { thread }) };
    const [place, key] =
      thread === undefined ? [this.#conversations, conversation] : [this.#threads, `${conversation}:${thread}`];
    const posts = place.get(key) ?? [];
    posts.push(post);
    place.set(key, posts);
    this.#byTs.set(`${conversation}:${ts}`, post);
    return { ok: true, channel: conversation, ts };
  }

  #update(conversation: string, { ts, text, metadata }: Readonly<Record<string, unknown>>): object {
    const post = this.#byTs.get(`${conversation}:${ts}`);
    if (post === undefined) return { ok: false, error: 'message_not_found' };
    post.text = String(text);
    post.metadata = metadata;
    return { ok: true, channel: conversation, ts };
  }
}

/**
 * One page of a history, which is in the order of time: between `oldest` and `latest`, `limit` at a time; the cursor says how many were given before.
 * A conversation of ten thousand messages is searched as fast as one of ten.
 */
function pageOf(
  posts: readonly SlackPost[],
  { oldest = '0', latest = '9999999999', limit = 100, cursor = '0' }: Readonly<Record<string, unknown>>,
  order: 'newest first' | 'oldest first',
): object {
  const first = countUntil(posts, (at) => at <= Number(oldest));
  const end = Math.max(
    first,
    countUntil(posts, (at) => at < Number(latest)),
  );
  const [from, size] = [Number(cursor), Number(limit)];
  const next_cursor = from + size < end - first ? String(from + size) : '';
  const isOldestFirst = order === 'oldest first';
  const start = isOldestFirst ? first + from : Math.max(first, end - from - size);
  const page = posts.slice(start, isOldestFirst ? Math.min(end, start + size) : Math.max(first, end - from));
  return { ok: true, messages: isOldestFirst ? page : page.toReversed(), response_metadata: { next_cursor } };
}

/** How many posts at the beginning are of such a time: binary search. */
function countUntil(posts: readonly SlackPost[], isBefore: (seconds: number) => boolean): number {
  let [low, high] = [0, posts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(Number(posts[middle]!.ts))) low = middle + 1;
    else high = middle;
  }
  return low;
}
