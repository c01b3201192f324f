import { Stacks } from '../../cloudformation/stacks.ts';
import { queryService } from '../../core/protocols/query-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { cloudFormationOperations } from './operations.ts';

/** CloudFormation: the stacks that were deployed into the sandbox, and the read operations of the wire. */
export function createCloudFormation(context: ServiceContext): Emulated<Stacks> {
  const stacks = new Stacks(context);
  return {
    peer: stacks,
    service: queryService({
      signingName: 'cloudformation',
      xmlns: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      operations: cloudFormationOperations(stacks, context),
    }),
  };
}
