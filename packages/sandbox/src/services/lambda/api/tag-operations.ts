import { json, noContent, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import type { LambdaCore } from '../lambda-core.ts';

const TAGS = '/2017-03-31/tags/{ARN}';

/** Tags of functions. */
export function tagOperations(core: LambdaCore): Record<string, RestOperation> {
  const arnOf = ({ path }: RestInput) => path.ARN as string;
  const recordOf = (input: RestInput) => core.functions.resolve(arnOf(input)).record;
  const onArn = (action: string) => (input: RestInput) => [{ action, resource: arnOf(input) }];
  return {
    ListTags: {
      method: 'GET',
      route: TAGS,
      permissions: onArn('lambda:ListTags'),
      handle: ({ input }) => json({ Tags: recordOf(input).tags }),
    },
    TagResource: {
      method: 'POST',
      route: TAGS,
      permissions: onArn('lambda:TagResource'),
      handle({ input }) {
        const record = recordOf(input);
        record.tags = { ...record.tags, ...(input.body.Tags as Record<string, string>) };
        return noContent();
      },
    },
    UntagResource: {
      method: 'DELETE',
      route: TAGS,
      permissions: onArn('lambda:UntagResource'),
      handle({ input }) {
        const record = recordOf(input);
        const keys = input.query.getAll('tagKeys');
        record.tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.includes(key)));
        return noContent();
      },
    },
  };
}
