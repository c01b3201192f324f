import type { FunctionChange } from '@lamplighter/contracts';
import { sayDifference, sayValue } from './say-difference.ts';
import { visibleText } from './visible-text.ts';

const MOST_NAME = 60;
/** A role's name, a slash and a session's name, of which the person stands last. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_CALLER = 64 + 1 + 64;
const MOST_SETTINGS = 8;

/** A change of a function as a sentence that stands alone: what, and who, where that is told. Without its time. */
export function sayChange(change: FunctionChange): string {
  const { by, via } = change;
  const who =
    by === undefined ? '' : ` by ${visibleText(by, MOST_CALLER)}${via === undefined ? '' : ` (through ${shown(via)})`}`;
  return `${whatOf(change)}${who}`;
}

type Settings = NonNullable<FunctionChange['settings']>;

function whatOf({ kind, version = '$LATEST', alias, source, settings = [] }: FunctionChange): string {
  const isSeen = source === 'logs';
  switch (kind) {
    case 'code':
      return `new code of ${shown(version)}`;
    case 'version':
      return isSeen ? `version ${shown(version)} called for the first time` : `version ${shown(version)} published`;
    case 'alias':
      return `alias ${shown(alias ?? '')} set to version ${shown(version)}${routingOf(settings)}`;
    case 'deletion':
      return 'function deleted';
    case 'unknown':
      return '$LATEST made or modified; what it was before is not known';
    case 'configuration':
      if (settings.length === 0) return 'configuration changed: environment variables, or a setting that is not told';
      return `${isSeen ? 'configuration first seen' : 'configuration'}: ${listOf(settings)}`;
  }
}

/** Which part of an alias's calls another version gets. */
function routingOf(settings: Settings): string {
  const routing = settings.find(({ name }) => name === 'routing')?.after;
  return routing === undefined ? '' : `, ${shown(routing)}`;
}

function listOf(settings: Settings): string {
  const more = settings.length - MOST_SETTINGS;
  const told = settings.slice(0, MOST_SETTINGS).map(({ name, before, after = 'another' }) => {
    return `${shown(name)} ${before === undefined ? sayValue(after) : sayDifference(before, after)}`;
  });
  return told.join(', ') + (more > 0 ? `, ${more} more` : '');
}

const shown = (text: string): string => visibleText(text, MOST_NAME);
