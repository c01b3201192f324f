import type { Scope } from './scope.ts';

const REFERENCE = /\{\{resolve:([\w-]+):([^{}]*)\}\}/g;
const SSM_REFERENCE = /^([\w./-]+?)(?::(\d+))?$/;

/** Replaces `{{resolve:ssm:/name}}` anywhere in a text. Source: CloudFormation User Guide, "Get values stored in other services using dynamic references". */
export function resolveDynamicReferences(text: string, scope: Pick<Scope, 'ssmValue'>): string {
  if (!text.includes('{{resolve:')) return text;
  return text.replace(REFERENCE, (_, service: string, reference: string) => {
    if (service !== 'ssm') throw new Error(`The sandbox does not resolve {{resolve:${service}:…}}.`);
    const [, name, version] = SSM_REFERENCE.exec(reference) ?? [];
    if (!name) throw new Error(`{{resolve:ssm:${reference}}} does not name a parameter.`);
    if (version)
      throw new Error(
        `The sandbox keeps only the newest version of ${name}: {{resolve:ssm:${reference}}} cannot be resolved.`,
      );
    return scope.ssmValue(name);
  });
}
