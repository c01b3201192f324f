import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '../../../../core/protocols/json.ts';
import { expectCount, failure, type IntrinsicFunction, object, text } from './intrinsic-function.ts';

const LONGEST_ENCODED = 10_000;
const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export const TEXT_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Format'([template, ...values]) {
    let next = 0;
    const formatted = text('States.Format', template).replace(/\\([{}])|\{\}/g, (token, brace: string | undefined) => {
      if (brace !== undefined) return brace;
      const value = values[next++];
      return value === undefined ? token : asText(value);
    });
    if (next !== values.length) throw failure(`States.Format has ${next} place holders for ${values.length} arguments`);
    return formatted;
  },
  'States.StringToJson'(args) {
    expectCount('States.StringToJson', args, 1);
    const source = text('States.StringToJson', args[0]);
    try {
      return source === '' ? null : (JSON.parse(source) as Json);
    } catch {
      throw failure(`${source} is not a JSON text`);
    }
  },
  'States.JsonToString'(args) {
    expectCount('States.JsonToString', args, 1);
    return JSON.stringify(args[0]);
  },
  'States.JsonMerge'(args) {
    expectCount('States.JsonMerge', args, 3);
    if (args[2] !== false) throw failure('States.JsonMerge merges shallowly alone: its third argument must be false');
    return { ...object('States.JsonMerge', args[0]), ...object('States.JsonMerge', args[1]) };
  },
  'States.Base64Encode': (args) =>
    encode('States.Base64Encode', args, (source) => Buffer.from(source).toString('base64')),
  'States.Base64Decode': (args) =>
    encode('States.Base64Decode', args, (source) => Buffer.from(source, 'base64').toString()),
  'States.Hash'(args) {
    expectCount('States.Hash', args, 2);
    const algorithm = HASHES[text('States.Hash', args[1])];
    if (algorithm === undefined) throw failure(`States.Hash has no algorithm ${String(args[1])}`);
    return createHash(algorithm)
      .update(asText(args[0] as Json))
      .digest('hex');
  },
  // Each character of the second text splits; nothing between two of them gives nothing.
  'States.StringSplit'(args) {
    expectCount('States.StringSplit', args, 2);
    const splitters = new Set(text('States.StringSplit', args[1]));
    const parts = [''];
    for (const character of text('States.StringSplit', args[0])) {
      if (splitters.has(character)) parts.push('');
      else parts[parts.length - 1] += character;
    }
    return parts.filter((part) => part !== '');
  },
  'States.UUID'(args) {
    expectCount('States.UUID', args, 0);
    return randomUUID();
  },
};

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function encode(name: string, args: readonly Json[], work: (source: string) => string): string {
  expectCount(name, args, 1);
  const source = text(name, args[0]);
  if (source.length > LONGEST_ENCODED) throw failure(`${name} takes at most ${LONGEST_ENCODED} characters`);
  return work(source);
}
