import type { MappingSettings } from './mapping-settings.ts';

/** One event source mapping; its settings change in place, its position in the source stays. */
export interface Mapping {
  readonly uuid: string;
  readonly functionArn: string;
  settings: MappingSettings;
  lastModified: number;
  /** `OK`, `No records processed` or what keeps it from reading. */
  lastProcessingResult: string;
  isDeleted: boolean;
}

/** What reads a mapping's source. */
export interface SourceReader {
  /** Looks at the source now: after a write, or after the settings changed. */
  wake(): void;
  stop(): void;
}

export const isActive = ({ settings, isDeleted }: Mapping): boolean => settings.isEnabled && !isDeleted;
