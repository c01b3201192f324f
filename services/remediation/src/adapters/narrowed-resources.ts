import type { STSClient } from '@aws-sdk/client-sts';
import type { NarrowedResourcePort } from '../ports.ts';
import { narrowedSession } from './narrowed-session.ts';
import { arnsOf, sessionPolicyOf } from './resources/change-permissions.ts';
import { resourcesOf } from './resources/resources.ts';

/**
 * The hands of the service: a role that may touch what playbooks touch, taken for one repair in a session whose policy names this playbook's actions and this
 * change's resource. CloudTrail shows the repair's id as the session's name.
 */
export function narrowedResources(
  client: STSClient,
  { roleArn, region, endpoint }: { readonly roleArn: string; readonly region: string; readonly endpoint?: string },
): NarrowedResourcePort {
  const [, partition = 'aws', , , accountId = ''] = roleArn.split(':');
  return async (permissions, change, remediationId) => {
    const Policy = sessionPolicyOf(permissions, arnsOf(change, { region, accountId, partition }));
    const credentials = await narrowedSession(client, { roleArn, name: remediationId, Policy });
    return resourcesOf({ region, ...(endpoint !== undefined && { endpoint }), credentials });
  };
}
