import type { Progress } from '../terminal/progress.ts';

export const silentProgress: Progress = { update: () => {}, stop: () => {} };
