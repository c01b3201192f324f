/** A mail as SES took it; addresses as they were given. */
export interface SentMail {
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  /** Headers of the sender's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole MIME message, where it was sent so. */
  readonly raw?: Buffer;
  readonly tags: Readonly<Record<string, string>>;
}

/** The bare address of `Name <a@b.c>`. */
export const addressOf = (mailbox: string): string => /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();

export const isAddress = (text: string): boolean => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text);
