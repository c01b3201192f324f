import { randomInt } from 'node:crypto';
import { invalidParameter } from './secrets-error.ts';

/** Members of GetRandomPassword and of a template's GenerateSecretString; templates may write numbers and booleans as text. */
export interface PasswordRules {
  readonly PasswordLength?: number | string;
  readonly ExcludeCharacters?: string;
  readonly ExcludeNumbers?: boolean | string;
  readonly ExcludePunctuation?: boolean | string;
  readonly ExcludeUppercase?: boolean | string;
  readonly ExcludeLowercase?: boolean | string;
  readonly IncludeSpace?: boolean | string;
  readonly RequireEachIncludedType?: boolean | string;
}

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const NUMBERS = '0123456789';
/** Source: Secrets Manager API Reference, GetRandomPassword, ExcludePunctuation. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A random password of 32 characters, or as the rules say, with one of each included type at least. Throws `InvalidParameterException`. */
export function randomPassword(rules: PasswordRules): string {
  const length = Number(rules.PasswordLength ?? 32);
  if (!Number.isInteger(length) || length < 1 || length > 4096)
    throw invalidParameter('PasswordLength must be between 1 and 4096.');
  const types = includedTypes(rules);
  const required = isTrue(rules.RequireEachIncludedType ?? true) ? types.map(pick) : [];
  if (types.length === 0 || required.length > length)
    throw invalidParameter('The password cannot hold a character of each included type.');
  const rest = Array.from({ length: length - required.length }, () => pick(types.join('')));
  return shuffled([...required, ...rest]).join('');
}

function includedTypes(rules: PasswordRules): readonly string[] {
  const excluded = new Set(rules.ExcludeCharacters ?? '');
  return [
    isTrue(rules.ExcludeLowercase) ? '' : LOWERCASE,
    isTrue(rules.ExcludeUppercase) ? '' : LOWERCASE.toUpperCase(),
    isTrue(rules.ExcludeNumbers) ? '' : NUMBERS,
    isTrue(rules.ExcludePunctuation) ? '' : PUNCTUATION,
    isTrue(rules.IncludeSpace) ? ' ' : '',
  ]
    .map((type) => [...type].filter((character) => !excluded.has(character)).join(''))
    .filter((type) => type !== '');
}

const isTrue = (value: boolean | string | undefined): boolean => String(value) === 'true';

const pick = (characters: string): string => characters[randomInt(characters.length)] as string;

function shuffled(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] as string, characters[last] as string];
  }
  return characters;
}
