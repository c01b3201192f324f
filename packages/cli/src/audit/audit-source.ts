import type { AuditAnswer, AuditQuery } from '@lamplighter/contracts';

/** Where an audit is read: a deployed ingestion service, or what the last replay kept. */
export interface AuditSource {
  /** In a few words, for messages. */
  readonly name: string;
  ask(query: AuditQuery): Promise<AuditAnswer>;
}
