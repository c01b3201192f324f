import { randomUUID } from 'node:crypto';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { withFaults } from '../faults/with-faults.ts';
import {
  type ApiCall,
  ApiError,
  type AwsService,
  type Caller,
  type WireRequest,
  type WireResponse,
} from '../service.ts';
import { SignatureError } from '../sigv4/signature-error.ts';
import { readSignedRequest } from '../sigv4/signed-request.ts';
import type { Clock } from '../time/clock.ts';
import type { CallLog } from './call-log.ts';
import { accessDenied, protocolFamily, renderInFamily, signatureApiError } from './protocol-family.ts';

/** How the dispatcher learns who signed and what they may do. */
export interface Gatekeeper {
  /** Who signed the request; throws {@link SignatureError}. */
  authenticate(request: WireRequest): Caller;
  /** Why the caller may not do this, or nothing. */
  denial(caller: Caller, permission: ApiCall['permissions'][number]): string | undefined;
}

export interface DispatcherOptions {
  readonly region: string;
  readonly clock: Clock;
  readonly services: ReadonlyMap<string, AwsService>;
  readonly gatekeeper: Gatekeeper;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  readonly report: (error: unknown) => void;
}

/** Services that answer from one region, whichever the client is in. */
const GLOBAL_SERVICES = ['iam', 'sts', 'cloudfront'];

/** Takes one request from signature to answer: who signed it, which service, what is asked, may they, does a fault hit, carry it out. */
export class Dispatcher {
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Answers nothing where the connection is to be reset. Never throws. */
  async dispatch(request: WireRequest, hungUp: AbortSignal): Promise<WireResponse | undefined> {
    const requestId = randomUUID();
    let service: AwsService | undefined;
    try {
      const caller = this.#authenticate(request);
      service = this.#serviceOf(request);
      const response = await this.#carryOut(service, request, { caller, requestId, hungUp });
      return response && identified(response, requestId);
    } catch (error) {
      return identified(this.#render(error, service, request), requestId);
    }
  }

  #authenticate(request: WireRequest): Caller {
    try {
      const caller = this.#options.gatekeeper.authenticate(request);
      const traceHeader = request.headers['x-amzn-trace-id'];
      return traceHeader ? { ...caller, traceHeader } : caller;
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      throw signatureApiError(error, protocolFamily(request, claimedService(request)));
    }
  }

  #serviceOf(request: WireRequest): AwsService {
    const { signingName, region } = readSignedRequest(request);
    const service = this.#options.services.get(signingName);
    if (!service) throw new ApiError('UnknownOperationException', `The sandbox has no service ${signingName}.`, 404);
    if (region === this.#options.region || GLOBAL_SERVICES.includes(signingName)) return service;
    throw new ApiError(
      'InvalidSignatureException',
      `Credential should be scoped to a valid region: the sandbox is ${this.#options.region}, not ${region}.`,
      403,
    );
  }

  async #carryOut(
    service: AwsService,
    request: WireRequest,
    by: { caller: Caller; requestId: string; hungUp: AbortSignal },
  ): Promise<WireResponse | undefined> {
    const { caller, requestId, hungUp } = by;
    const { gatekeeper, faults, calls, clock } = this.#options;
    const call = service.describe(request);
    calls.add({
      service: call.service,
      operation: call.operation,
      requestId,
      accessKeyId: caller.accessKeyId,
      callerArn: caller.arn,
      ...(caller.roleArn ? { roleName: caller.roleArn.slice(caller.roleArn.lastIndexOf('/') + 1) } : {}),
      at: clock.now(),
    });
    for (const permission of call.permissions) {
      const denial = gatekeeper.denial(caller, permission);
      if (denial) throw accessDenied(denial, protocolFamily(request, service.signingName));
    }
    const handle = () => service.handle(call, request, caller);
    return (await withFaults(faults, clock, { call, caller, hungUp, handle }))?.answer;
  }

  #render(error: unknown, service: AwsService | undefined, request: WireRequest): WireResponse {
    const apiError = error instanceof ApiError ? error : this.#internalFault(error);
    return service
      ? service.renderError(apiError, request)
      : renderInFamily(apiError, protocolFamily(request, claimedService(request)));
  }

  #internalFault(error: unknown): ApiError {
    this.#options.report(error);
    const reason = error instanceof Error ? error.message : String(error);
    return new ApiError('InternalFailure', `The sandbox failed: ${reason}`, 500);
  }
}

/** The service that an unverified request says it is for. */
function claimedService(request: WireRequest): string | undefined {
  try {
    return readSignedRequest(request).signingName;
  } catch {
    return undefined;
  }
}

/** SDKs read the request id from this header in every protocol but S3's, which has its own. */
function identified(response: WireResponse, requestId: string): WireResponse {
  return {
    ...response,
    headers: { 'x-amzn-requestid': requestId, 'x-amz-request-id': requestId, ...response.headers },
  };
}
