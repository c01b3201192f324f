import { userInfo } from 'node:os';
import { InputError } from '../input-error.ts';

/**
 * Who decides: whom `--by` names, else the user of this machine. Throws an {@link InputError} where there is nobody: a container may run as
 * a user without a name.
 */
export function personOf(by: string | undefined, nameOfUser: () => string = () => userInfo().username): string {
  const person = (by ?? nameless(nameOfUser)).trim();
  if (person !== '') return person;
  throw new InputError('usage', 'Nobody knows who you are: this user has no name.', 'Add --by PERSON.');
}

function nameless(nameOfUser: () => string): string {
  try {
    return nameOfUser();
  } catch {
    return '';
  }
}
