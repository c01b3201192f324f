import { keepSample, newPredictionState } from '@lamplighter/prediction';
import type { Settings } from '../domain/limits-of.ts';
import { settingsDue } from '../domain/settings-due.ts';
import type { Subject } from '../domain/subject.ts';
import type { LambdaPorts, StoredPrediction } from '../ports.ts';

/** A prediction with the settings that it is continued with. */
export type Known = Omit<StoredPrediction, 'untold'>;

/**
 * A subject with settings that are fresh enough. Where Lambda does not let itself be asked those that are known stay, until they are due again: limits that
 * cannot be read are not gone. Of one that has none yet they are asked for with its next minute.
 */
export async function withSettings(
  subject: Subject,
  stored: StoredPrediction | undefined,
  { ports, now }: { readonly ports: LambdaPorts; readonly now: number },
): Promise<Known> {
  const { settings: known, settingsAt: readAt = 0, advice, codeSamples = [], state } = stored ?? {};
  const isOftenProvisioned =
    known?.provisionedConcurrency !== undefined || advice?.advised === 'provisioned-concurrency';
  const { isDue, isProvisionedDue } = settingsDue(subject, { readAt, now, isOftenProvisioned });
  if (stored !== undefined && !isDue) return stored;
  const read = await ports.settings(subject);
  const provisioned = isProvisionedDue && read !== undefined ? await ports.provisioned(subject) : undefined;
  const settings = together({ known, read, provisioned, now });
  const samples =
    read?.codeBytes === undefined ? codeSamples : keepSample(codeSamples, { at: now, value: read.codeBytes });
  return {
    ...stored,
    state: state ?? newPredictionState(),
    settings,
    settingsAt: read === undefined && readAt === 0 ? 0 : now,
    ...(samples.length > 0 && { codeSamples: samples }),
  };
}

interface Parts {
  readonly known: Settings | undefined;
  readonly read: Settings | undefined;
  readonly provisioned: number | undefined;
  readonly now: number;
}

function together({ known = {}, read, provisioned = known.provisionedConcurrency ?? 0, now }: Parts): Settings {
  if (read === undefined) return known;
  const architectureSince = isMoved(known, read) ? now : known.architectureSince;
  return {
    ...read,
    ...(provisioned > 0 && { provisionedConcurrency: provisioned }),
    ...(architectureSince !== undefined && { architectureSince }),
  };
}

const isMoved = ({ architecture: before }: Settings, { architecture: after }: Settings): boolean =>
  before !== undefined && after !== undefined && before !== after;
