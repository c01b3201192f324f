/** Whether a program's source declares an option (`--all`, by `all: { type: …`, as `parseArgs` has it). */
export const readsOption = (source: string, option: string): boolean =>
  new RegExp(`(?<![\\w-])'?${option.replace(/^--/, '')}'?: \\{ type:`).test(source);
