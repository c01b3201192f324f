import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { NodeSeries, RootCauseQuestion, ServiceGraph } from '../../../packages/diagnosis/src/index.ts';

/** A labelled incident of the PetShop data set. */
export interface LabelledIncident {
  /** `<scenario>/<train|test>/issue_N`. */
  readonly name: string;
  readonly scenario: string;
  readonly question: RootCauseQuestion;
  readonly rootCause: string;
}

interface TargetFile {
  readonly target: { readonly node: string; readonly metric: string; readonly timestamp: number };
  readonly root_cause: { readonly node: string };
}

/** The incidents below a folder of `<scenario>/{graph.csv, noissue/metrics.csv, train|test/issue_N/{metrics.csv, target.json}}`, by name. */
export function readIncidents(folder: string): readonly LabelledIncident[] {
  return readdirSync(folder)
    .filter((scenario) => existsSync(join(folder, scenario, 'graph.csv')))
    .sort()
    .flatMap((scenario) => readScenario(join(folder, scenario)));
}

function readScenario(folder: string): readonly LabelledIncident[] {
  const graph = readGraph(join(folder, 'graph.csv'));
  const normal = join(folder, 'noissue', 'metrics.csv');
  const reference = existsSync(normal) ? readMetrics(normal) : [];
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((path) => basename(path) === 'target.json')
    .map((path) => dirname(path))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((path) => readIncident(join(folder, path), { name: join(basename(folder), path), graph, reference }));
}

function readIncident(
  folder: string,
  { name, graph, reference }: { name: string; graph: ServiceGraph; reference: readonly NodeSeries[] },
): LabelledIncident {
  const { target, root_cause } = JSON.parse(readFileSync(join(folder, 'target.json'), 'utf8')) as TargetFile;
  const question = {
    graph,
    series: readMetrics(join(folder, 'metrics.csv')),
    reference,
    target: { node: target.node, metric: target.metric },
    onset: target.timestamp * 1000,
  };
  return { name, scenario: name.slice(0, name.search(/[\\/]/)), question, rootCause: root_cause.node };
}

function readGraph(path: string): ServiceGraph {
  const [header = [], ...rows] = readCsv(path);
  const ids = [...new Set([...header.slice(1), ...rows.map(([caller = '']) => caller)])];
  const edges = rows.flatMap(([caller = '', ...cells]) =>
    cells.flatMap((cell, index) => (Number(cell) > 0 ? [{ caller, callee: header[index + 1] ?? '' }] : [])),
  );
  return { nodes: ids.map((id) => ({ id })), edges };
}

/** Three header rows (microservice, metric, statistic), a row that names the index, then a row a period; latency in seconds. */
function readMetrics(path: string): readonly NodeSeries[] {
  const [nodes = [], metrics = [], statistics = [], , ...rows] = readCsv(path);
  return nodes.slice(1).map((node, index): NodeSeries => {
    const metric = metrics[index + 1] ?? '';
    const scale = metric === 'latency' ? 1000 : 1;
    const points = rows.map((row) => {
      const cell = row[index + 1] ?? '';
      return { timestamp: Number(row[0]) * 1000, value: cell === '' ? null : Number(cell) * scale };
    });
    return { node, metric, statistic: statistics[index + 1] ?? '', points };
  });
}

function readCsv(path: string): readonly (readonly string[])[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}
