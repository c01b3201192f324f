import type { Peers } from './peers.ts';

/** Peers as they become known: a service that was not started is an error at the moment it is needed, which names it; `in` asks whether it is there. */
export class PeerRegistry {
  readonly #known = new Map<keyof Peers, unknown>();
  readonly peers: Peers = new Proxy({} as Peers, {
    get: (_, name) => {
      const peer = this.#known.get(name as keyof Peers);
      if (peer === undefined) throw new Error(`The sandbox runs without ${String(name)}: start it with that service.`);
      return peer;
    },
    has: (_, name) => this.#known.has(name as keyof Peers),
  });

  add(name: keyof Peers, peer: unknown): void {
    this.#known.set(name, peer);
  }
}
