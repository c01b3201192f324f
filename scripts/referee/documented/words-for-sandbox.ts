/** What a document leaves open, or names as an example, as it is in the sandbox. */
export interface SandboxPlaces {
  readonly accountId: string;
  readonly region: string;
  readonly stage: string;
  readonly queueUrl: string;
}

/** Names that are filled in by the operation that they stand in. */
const NAMES: Readonly<Record<string, string>> = {
  'cloudwatch set-alarm-state': 'lamplighter-STAGE-ingest-errors',
};
/** Files that the guide has owners copy, by what they are copied from. */
const COPIED: Readonly<Record<string, string>> = {
  'file://settings/prod.policy.json': 'file://services/alerting/config/example.json',
  'file://settings/prod.guardrails.json': 'file://services/remediation/config/guardrails.json',
};
const ANY_NAME = 'lamplighter-ingestion-STAGE-query-audit';

/** The words of a documented command of the AWS CLI, with the sandbox's own names: arguments after `aws`, without what the shell would redirect. */
export function wordsForSandbox(words: readonly string[], places: SandboxPlaces): readonly string[] {
  const redirect = words.indexOf('>');
  const own = redirect < 0 ? words.slice(1) : words.slice(1, redirect);
  const name = NAMES[own.slice(0, 2).join(' ')] ?? ANY_NAME;
  return own.map((word) =>
    (COPIED[word] ?? word)
      // A program that a test starts has no such device to open.
      .replace(/^\/dev\/stdout$/, '/dev/null')
      .replaceAll(/\bNAME\b/g, name)
      .replaceAll('STAGE', places.stage)
      .replaceAll('ACCOUNT_ID', places.accountId)
      .replaceAll('QUEUE_URL', places.queueUrl)
      .replaceAll('eu-west-1', places.region)
      .replaceAll(/\bprod\b/g, places.stage),
  );
}
