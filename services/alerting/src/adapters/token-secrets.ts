import { LamplighterError } from '@lamplighter/lambda-kit';
import type { SecretPort } from './ssm-secrets.ts';

/**
 * Secrets that are one word, as those of Slack and PagerDuty are: without the line break that a file has at its end. What is none would be refused by the
 * header that it has to stand in, and quoted.
 * @throws LamplighterError SECRET_MALFORMED, which names the parameter and not what it holds
 */
export const tokenSecrets =
  (secret: SecretPort): SecretPort =>
  async (name) => {
    const token = (await secret(name)).trim();
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw new LamplighterError('SECRET_MALFORMED', `The parameter ${name} has to hold one word and nothing else.`);
  };
