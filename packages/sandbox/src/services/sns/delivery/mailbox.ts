/** A mail that SNS would have sent. */
export interface TopicMail {
  readonly to: string;
  readonly topicArn: string;
  readonly subject: string;
  readonly body: string;
  /** In the mail that asks for confirmation. */
  readonly token?: string;
}

/** Mails are kept to be read: nothing leaves the machine. */
export class Mailbox {
  readonly #mails: TopicMail[] = [];

  async deliver(mail: TopicMail): Promise<void> {
    this.#mails.push(mail);
  }

  list(): readonly TopicMail[] {
    return [...this.#mails];
  }
}
