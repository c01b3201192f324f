import type { LogEvent } from '../../log-batch.ts';
import { isBelowError } from '../../records/application/level-column.ts';
import { mayNameMessages } from '../../records/application/processed-messages.ts';
import type { InitStartRecord, PlatformRecord, RuntimeDoneRecord } from '../../records/log-record.ts';
import type { OwnedLines } from '../outcome/failure-evidence.ts';
import { mayBeLoggedError } from '../outcome/handled-error.ts';
import { mayBeUncaught } from '../outcome/uncaught-error.ts';
import type { StreamRecords } from '../stream-records.ts';

const OPEN_BRACE = 0x7b;

/** What one look at an attempt's events tells: what is sure, and which closer looks are worth it. Most attempts need none. */
export interface LineSurvey {
  /** Events that are not the platform's. */
  logLines: number;
  /** The handler's output begins after the START; what came before it belongs to the initialisation. */
  hasHandlerOutput: boolean;
  /** The initialisation just before the START. */
  init: InitStartRecord | undefined;
  /** The last one. */
  runtimeDone: RuntimeDoneRecord | undefined;
  mayHaveFailed: boolean;
  mayHaveLoggedError: boolean;
  mayNameMessages: boolean;
  hasJsonLines: boolean;
}

export function surveyLines({ events, records }: StreamRecords, { positions, span }: OwnedLines): LineSurvey {
  const survey: LineSurvey = {
    logLines: 0,
    hasHandlerOutput: false,
    init: undefined,
    runtimeDone: undefined,
    mayHaveFailed: false,
    mayHaveLoggedError: false,
    mayNameMessages: false,
    hasJsonLines: false,
  };
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index] as number;
    const record = records[position];
    if (record !== undefined) surveyRecord(record, survey, position <= span.first);
    else surveyLine((events[position] as LogEvent).message, survey);
    if (record === undefined && (span.start === undefined || position > span.start)) survey.hasHandlerOutput = true;
  }
  return survey;
}

function surveyRecord(record: PlatformRecord, survey: LineSurvey, isBeforeSpan: boolean): void {
  switch (record.kind) {
    case 'runtime-done':
      survey.runtimeDone = record;
      return;
    case 'init-start':
    case 'restore-start':
      if (isBeforeSpan) survey.init = record;
      return;
    case 'timeout':
    case 'exit':
    case 'fault':
    case 'init-report':
    case 'restore-report':
      survey.mayHaveFailed = true;
  }
}

function surveyLine(message: string, survey: LineSurvey): void {
  survey.logLines++;
  if (message.charCodeAt(0) === OPEN_BRACE) survey.hasJsonLines = true;
  if (!survey.mayNameMessages) survey.mayNameMessages = mayNameMessages(message);
  if (isBelowError(message)) return;
  if (!survey.mayHaveFailed) survey.mayHaveFailed = mayBeUncaught(message);
  if (!survey.mayHaveLoggedError) survey.mayHaveLoggedError = mayBeLoggedError(message);
}
