import { ApiError, type ServiceContext } from '../../core/service.ts';
import { addressOf } from './mail.ts';

export interface Identity {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The default configuration set of its mails, by name. */
  readonly configurationSet?: string;
}

/** Addresses and domains that the account may send from. There is nobody to click a link or to set a record: what is created is verified. */
export class Identities {
  readonly #context: ServiceContext;
  readonly #identities = new Map<string, Identity>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  create(name: string, { tags = {}, configurationSet }: Partial<Omit<Identity, 'name'>> = {}): Identity {
    if (!/^(?:[^\s@]+@)?[\w-]+(?:\.[\w-]+)+$/.test(name))
      throw badRequest(`Invalid email address or domain <${name}>.`);
    if (this.#identities.has(name))
      throw new ApiError('AlreadyExistsException', `Email identity ${name} already exist.`);
    const identity = { name, tags, ...(configurationSet !== undefined && { configurationSet }) };
    this.#identities.set(name, identity);
    return identity;
  }

  get(name: string): Identity {
    const identity = this.#identities.get(name);
    if (!identity) throw new ApiError('NotFoundException', `Email identity ${name} does not exist.`, 404);
    return identity;
  }

  all(): readonly Identity[] {
    return [...this.#identities.values()];
  }

  delete(name: string): void {
    this.get(name);
    this.#identities.delete(name);
  }

  /** The identity that lets a mailbox send: its address, or its domain or one above that. */
  ofSender(mailbox: string): Identity | undefined {
    const address = addressOf(mailbox);
    const parts = address.slice(address.indexOf('@') + 1).split('.');
    const domains = parts.slice(0, -1).map((_, index) => parts.slice(index).join('.'));
    return [address, ...domains].map((name) => this.#identities.get(name)).find((identity) => identity !== undefined);
  }

  arn(name: string): string {
    return this.#arn(`identity/${name}`);
  }

  /** All that whoever sends a mail has to be allowed to use: the identity, and its default configuration set where it has one. */
  arnsOfSender(mailbox: string): string[] {
    const { name = addressOf(mailbox), configurationSet } = this.ofSender(mailbox) ?? {};
    return [
      this.arn(name),
      ...(configurationSet === undefined ? [] : [this.#arn(`configuration-set/${configurationSet}`)]),
    ];
  }

  #arn(resource: string): string {
    return `arn:aws:ses:${this.#context.region}:${this.#context.accountId}:${resource}`;
  }
}

export const badRequest = (message: string): ApiError => new ApiError('BadRequestException', message);
