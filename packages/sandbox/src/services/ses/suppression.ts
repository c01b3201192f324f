import type { RestJsonInput, RestJsonOperation } from '../../core/protocols/rest-json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';

const ADDRESSES = '/v2/email/suppression/addresses';

interface Suppressed {
  readonly EmailAddress: string;
  readonly Reason: 'BOUNCE' | 'COMPLAINT';
  /** Epoch seconds. */
  readonly LastUpdateTime: number;
}

/** Addresses that SES sends nothing to: what is sent to them is taken, and dropped. Source: Amazon SES Developer Guide, "account-level suppression list". */
export class Suppression {
  readonly #context: ServiceContext;
  readonly #list = new Map<string, Suppressed>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  has(address: string): boolean {
    return this.#list.has(address);
  }

  /** SES judges them by no resource. */
  operations(): Readonly<Record<string, RestJsonOperation>> {
    const unnamed = (action: string) => () => [{ action: `ses:${action}`, resource: '*' }];
    const addressIn = ({ path, body }: RestJsonInput) => String(path.EmailAddress ?? body.EmailAddress);
    return {
      PutSuppressedDestination: {
        method: 'PUT',
        route: ADDRESSES,
        permissions: unnamed('PutSuppressedDestination'),
        handle: (input) => {
          const EmailAddress = addressIn(input);
          const Reason = input.body.Reason === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE';
          this.#list.set(EmailAddress, { EmailAddress, Reason, LastUpdateTime: this.#context.clock.now() / 1000 });
        },
      },
      GetSuppressedDestination: {
        method: 'GET',
        route: `${ADDRESSES}/{EmailAddress}`,
        permissions: unnamed('GetSuppressedDestination'),
        handle: (input) => ({ SuppressedDestination: this.#named(addressIn(input)) }),
      },
      DeleteSuppressedDestination: {
        method: 'DELETE',
        route: `${ADDRESSES}/{EmailAddress}`,
        permissions: unnamed('DeleteSuppressedDestination'),
        handle: (input) => {
          this.#list.delete(this.#named(addressIn(input)).EmailAddress);
        },
      },
    };
  }

  #named(address: string): Suppressed {
    const found = this.#list.get(address);
    if (found === undefined)
      throw new ApiError('NotFoundException', `Email address ${address} does not exist on your suppression list.`, 404);
    return found;
  }
}
