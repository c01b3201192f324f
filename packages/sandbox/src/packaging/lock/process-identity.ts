import { readFileSync } from 'node:fs';

/** Whether a process with this id runs on this machine. One that has ended and was not collected by its parent does not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/**
 * What tells a process from a later one with the same id, as ids are given out again (in containers within minutes): its start, in clock ticks since
 * the machine's (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). Undefined where the system has no /proc, or no such process.
 */
export function startOfProcess(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/** The fields of /proc/PID/stat from the third on, the state: the second is the command's name, which may hold anything. */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // No such file: the process ended just now, or this system has no /proc.
  }
}
