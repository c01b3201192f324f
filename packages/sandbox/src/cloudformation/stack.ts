import type { CreatedResource, ResourceRequest } from '../core/service.ts';
import type { Template, TemplateResource } from './template.ts';

export type StackStatus =
  | 'CREATE_COMPLETE'
  | 'CREATE_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_COMPLETE';

/** A resource of a stack, as created. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A deployed stack as its user sees it. */
export interface Stack {
  readonly name: string;
  readonly id: string;
  readonly status: StackStatus;
  readonly resources: Readonly<Record<string, StackResource>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What is to be deployed. */
export interface Deployment {
  readonly template: Template;
  readonly stackName: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Reads a packaged artifact by its file name. */
  readonly artifact?: (fileName: string) => Promise<Buffer>;
}

/** One resource with all that it takes to compare, update and delete it. */
export interface DeployedResource {
  readonly definition: TemplateResource;
  readonly request: ResourceRequest;
  readonly created: CreatedResource;
  /** SHA-256 of each artifact that was read for it, by S3 key. */
  readonly artifacts: ReadonlyMap<string, string>;
}

export interface StackOutput {
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** The engine's own record of a stack. */
export interface StackRecord {
  readonly name: string;
  readonly id: string;
  status: StackStatus;
  template: Template;
  parameters: Readonly<Record<string, string>>;
  /** In the order of creation. */
  readonly resources: Map<string, DeployedResource>;
  outputs: ReadonlyMap<string, StackOutput>;
  /** Names of exports of other stacks that this one reads. */
  imports: ReadonlySet<string>;
  readonly createdAt: number;
  updatedAt?: number;
}

export function viewOf(record: StackRecord): Stack {
  return {
    name: record.name,
    id: record.id,
    status: record.status,
    resources: Object.fromEntries(
      [...record.resources].map(([logicalId, one]) => [logicalId, resourceView(logicalId, one)]),
    ),
    outputs: Object.fromEntries([...record.outputs].map(([name, { value }]) => [name, value])),
  };
}

const resourceView = (logicalId: string, { definition, created }: DeployedResource): StackResource => ({
  logicalId,
  type: definition.Type,
  physicalId: created.ref,
  attributes: created.attributes ?? {},
});
