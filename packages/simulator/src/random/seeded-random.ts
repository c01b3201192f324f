const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Numbers in [0, 1) that a seed and a name determine. Every part of the twin draws from a stream of its own, so that an action on one part
 * does not change the arrivals of another: runs with and without an agent meet the same requests.
 * Generator: sfc32 of Chris Doty-Humphrey's PractRand, 128 bits of state; the name enters by FNV-1a.
 */
export function seededRandom(seed: number, name: string): () => number {
  let a = hash(`${seed}/${name}`, FNV_OFFSET);
  let b = hash(name, a);
  let c = hash(`${name}#`, b);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 15; warmUp++) next();
  return next;
}

function hash(text: string, start: number): number {
  let value = start | 0;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), FNV_PRIME);
  return value | 0;
}
