import type { Caller, ConditionContext, RequiredPermission, WireRequest } from '../../core/service.ts';

export interface IamPeer {
  /** Throws `AccessDeniedException` unless the role's packaged policies allow the action on the resource. */
  assertRoleAllows(roleArn: string, action: string, resource: string, context?: ConditionContext): void;
  /** Throws `InvalidParameterValueException` unless the role's trust policy lets the service (`lambda.amazonaws.com`) assume it. */
  assertServiceMayAssume(roleArn: string, service: string, context?: Readonly<Record<string, string>>): void;
  /** Keys of an execution environment that acts as the role; `revoke` when it ends. */
  issueCredentials(roleArn: string, sessionName: string): TemporaryCredentials;
  revoke(accessKeyId: string): void;
  /** Who signed a request that came by a door of a service's own; throws `SignatureError`. */
  authenticate(request: WireRequest): Caller;
  /** Why the caller may not do this, or nothing. */
  denial(caller: Caller, permission: RequiredPermission): string | undefined;
}

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}
