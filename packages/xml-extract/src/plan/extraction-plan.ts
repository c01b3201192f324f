import { type NameTable, newNameTable } from './name-table.ts';
import type { StepName } from './path.ts';
import type { Capture, Group, PathNode, PathTree } from './path-tree.ts';

/** What happens at an element. */
export interface Actions {
  readonly opens: readonly number[];
  readonly texts: readonly Capture[];
  readonly names: readonly Capture[];
  readonly attributes: readonly WantedAttribute[];
}

export interface WantedAttribute {
  readonly nameId: number;
  readonly uri: string;
  readonly capture: Capture;
}

/**
 * The paths of a shape as a table: from the state of an element and the symbol of a child's name to the child's state.
 * State 0 is outside all paths; an element there costs no look-up.
 */
export interface ExtractionPlan {
  readonly names: NameTable;
  /** By name: the namespaces in which it means something else, and their symbols. */
  readonly variants: readonly (ReadonlyMap<string, number> | undefined)[];
  readonly symbolCount: number;
  readonly transitions: Int32Array;
  readonly actions: readonly (Actions | undefined)[];
  readonly groups: readonly Group[];
}

/** The state of the document itself, above its root element. */
export const DOCUMENT_STATE = 1;
const MAX_STATES = 20_000;
const MAX_CELLS = 20_000_000;

interface PathSymbol {
  readonly local: string | undefined;
  readonly uri: string | undefined;
}

/**
 * Subset construction over the tree of paths, once per shape, so that a document walks through one table.
 *
 * @throws RangeError for paths that would need too large a table
 */
export function planExtraction({ nodes, groups }: PathTree): ExtractionPlan {
  const names = newNameTable(distinctNames(nodes));
  const { symbols, variants } = listSymbols(nodes, names);
  const { transitions, states } = buildStates(nodes, symbols);
  return {
    names,
    variants,
    symbolCount: symbols.length,
    transitions,
    actions: states.map((state) => actionsOf(state, names)),
    groups,
  };
}

function distinctNames(nodes: readonly PathNode[]): string[] {
  const elements = nodes.flatMap(({ edges }) => edges.map(({ name }) => name.local));
  const attributes = nodes.flatMap((node) => node.attributes.map(({ attribute }) => attribute.local));
  return [...new Set([...elements, ...attributes])].filter((name) => name !== undefined);
}

/** Symbol 0 is any other name, symbol n the n-th name in any other namespace; then names in namespaces of their own. */
function listSymbols(nodes: readonly PathNode[], { names }: NameTable) {
  const symbols: PathSymbol[] = names.map((name, id) => ({ local: id === 0 ? undefined : name, uri: undefined }));
  const variants: (Map<string, number> | undefined)[] = names.map(() => undefined);
  for (const { local, uri } of nodes.flatMap(({ edges }) => edges.map(({ name }) => name))) {
    if (uri === undefined) continue;
    const id = local === undefined ? 0 : names.indexOf(local);
    if (local === undefined) throw new RangeError('A path can have * in any namespace only.');
    const known = variants[id] ?? new Map<string, number>();
    variants[id] = known;
    if (known.has(uri)) continue;
    known.set(uri, symbols.length);
    symbols.push({ local, uri });
  }
  return { symbols, variants };
}

type State = readonly PathNode[];

function buildStates(nodes: readonly PathNode[], symbols: readonly PathSymbol[]) {
  const states: State[] = [];
  const numbers = new Map<string, number>();
  const rows: number[][] = [];
  const numberOf = (state: State): number => {
    const key = state.map(({ id }) => id).join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    states.push(state);
    if (states.length > MAX_STATES || states.length * symbols.length > MAX_CELLS)
      throw new RangeError('The paths are too many, or have too many // and * in them.');
    return states.length - 1;
  };
  numberOf([]);
  numberOf(closure([nodes[0]!]));
  for (let state = 0; state < states.length; state += 1) rows.push(rowOf(states[state]!, symbols, numberOf));
  return { states, transitions: Int32Array.from(rows.flat()) };
}

/** Only the names that leave a state are tried; all others lead where any other name leads. */
function rowOf(state: State, symbols: readonly PathSymbol[], numberOf: (state: State) => number): number[] {
  const leaving = new Set(state.flatMap(({ edges }) => edges.map(({ name }) => name.local)));
  const other = numberOf(closure(move(state, symbols[0]!)));
  return symbols.map((symbol) =>
    symbol.local === undefined || !leaving.has(symbol.local) ? other : numberOf(closure(move(state, symbol))),
  );
}

function move(state: State, symbol: PathSymbol): PathNode[] {
  const next: PathNode[] = [];
  for (const node of state) {
    if (node.isLoop) next.push(node);
    for (const { name, to } of node.edges) if (fits(name, symbol)) next.push(to);
  }
  return next;
}

const fits = (name: StepName, symbol: PathSymbol): boolean =>
  (name.local === undefined || name.local === symbol.local) && (name.uri === undefined || name.uri === symbol.uri);

function closure(nodes: readonly PathNode[]): State {
  const all = new Set(nodes);
  for (const node of nodes) if (node.loop !== undefined) all.add(node.loop);
  return [...all].sort((one, other) => one.id - other.id);
}

function actionsOf(state: State, { names }: NameTable): Actions | undefined {
  const opens = [...new Set(state.flatMap((node) => node.opens))].sort((one, other) => one - other);
  const texts = state.flatMap((node) => node.texts);
  const elementNames = state.flatMap((node) => node.names);
  const attributes = state.flatMap((node) =>
    node.attributes.map(({ attribute: { local, uri }, ...capture }) => ({
      nameId: names.indexOf(local),
      uri,
      capture,
    })),
  );
  if (opens.length + texts.length + elementNames.length + attributes.length === 0) return undefined;
  return { opens, texts, names: elementNames, attributes };
}
