import { ApiError } from '../../core/service.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Base64 of the KMS ciphertext blob where the type is SecureString. */
  readonly value: string;
  readonly keyId?: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  readonly description?: string;
}

/** Fifteen levels at most, each of letters, digits and `.-_`. Source: Systems Manager User Guide, "Requirements and constraints for parameter names". */
const NAME = /^[\w.-]+$|^(?:\/[\w.-]+){1,15}$/;

/** Parameters of the account, each in its newest version. */
export class ParameterStore {
  readonly #parameters = new Map<string, Parameter>();

  /** Stores the next version; throws `ParameterAlreadyExists` where there is one and it may not be overwritten. */
  put(parameter: Omit<Parameter, 'version'>, overwrite: boolean): Parameter {
    if (!NAME.test(parameter.name) || parameter.name.length > 1011) {
      throw new ApiError('ValidationException', `Parameter name: ${parameter.name} is not a valid parameter name.`);
    }
    const previous = this.#parameters.get(parameter.name);
    if (previous && !overwrite) {
      throw new ApiError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const stored = { ...parameter, version: (previous?.version ?? 0) + 1 };
    this.#parameters.set(parameter.name, stored);
    return stored;
  }

  find(name: string): Parameter | undefined {
    return this.#parameters.get(name);
  }

  /** Throws `ParameterNotFound`. */
  get(name: string): Parameter {
    const parameter = this.#parameters.get(name);
    if (!parameter) throw new ApiError('ParameterNotFound', `Parameter ${name} not found.`);
    return parameter;
  }

  delete(name: string): boolean {
    return this.#parameters.delete(name);
  }

  /** Parameters below a path, by name; those directly below it where not recursive. */
  below(path: string, recursive: boolean): readonly Parameter[] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return [...this.#parameters.values()]
      .filter(({ name }) => name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/')))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
