import { queryService } from '../../core/protocols/query-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { AccessControl } from '../../iam/access-control.ts';
import { iamOperations } from './operations.ts';
import { iamResources } from './resources.ts';

/** IAM: roles and policies of packaged stacks, the judgement of every call, and the read operations of the wire. */
export function createIam(context: ServiceContext): Emulated<AccessControl> {
  const access = new AccessControl({
    accountId: context.accountId,
    region: context.region,
    now: () => context.clock.now(),
  });
  return {
    peer: access,
    service: queryService({
      signingName: 'iam',
      xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/',
      operations: iamOperations(access.roles),
      resources: iamResources(access.roles, context),
    }),
  };
}
