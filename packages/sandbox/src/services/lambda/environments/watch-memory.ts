import type { Worker } from 'node:worker_threads';

/** Resident memory of a bare Node.js 24 process outside of its heap, which a thread shares with the host and cannot measure. */
const RUNTIME_BASE_MB = 40;
const INTERVAL_MS = 50;

export interface MemoryWatch {
  begin(): void;
  /** Takes what the worker itself measured at the end, so that a short invocation has a figure too: asking for it would cost the host a millisecond. */
  end(bytes?: number): void;
  stop(): void;
  readonly peakMb: () => number;
  readonly isExceeded: () => boolean;
}

/**
 * Measures a worker's heap and buffers while it runs, and ends it when they outgrow the function's memory: V8's own limit
 * (`resourceLimits`) does not count buffers.
 */
export function watchMemory(worker: Worker, memorySizeMb: number): MemoryWatch {
  let peakBytes = 0;
  let exceeded = false;
  let timer: NodeJS.Timeout | undefined;
  const note = (bytes: number) => {
    peakBytes = Math.max(peakBytes, bytes);
    if (peakBytes <= memorySizeMb * 1_048_576) return;
    exceeded = true;
    void worker.terminate();
  };
  const measure = async () => {
    try {
      const heap = await worker.getHeapStatistics();
      // Not `malloced_memory`: it counts V8's own work in every thread of the process, 170 MB of it while a database is compiled in another.
      note(heap.used_heap_size + heap.external_memory);
    } catch {
      // The worker has ended: the last figure stands.
    }
  };
  return {
    begin() {
      timer ??= setInterval(() => void measure(), INTERVAL_MS).unref();
    },
    end(bytes) {
      this.stop();
      if (bytes !== undefined) note(bytes);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
    peakMb: () => Math.min(memorySizeMb, Math.ceil(RUNTIME_BASE_MB + peakBytes / 1_048_576)),
    isExceeded: () => exceeded,
  };
}
