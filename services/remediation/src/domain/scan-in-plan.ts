import * as z from 'zod';

const Node: z.ZodType<PlanNode> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    Filter: z.string().optional(),
    'Plan Rows': z.number().optional(),
    Plans: z.array(Node).optional(),
  }),
);

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly Filter?: string | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

/** PostgreSQL's plan of a statement, as EXPLAIN (FORMAT JSON) gives it: the table that it reads as a whole, and the columns that it filters by equality. */
export function scanInPlan(plan: string): { readonly table: string; readonly columns: readonly string[] } | undefined {
  const parsed = z.array(z.looseObject({ Plan: Node })).safeParse(parsedJson(plan));
  const root = parsed.success ? parsed.data[0]?.Plan : undefined;
  return root && findScan(root);
}

function findScan(node: PlanNode): { table: string; columns: string[] } | undefined {
  const table = node['Relation Name'];
  const isScan = node['Node Type'] === 'Seq Scan' || node['Node Type'] === 'Parallel Seq Scan';
  const columns = [...(node.Filter ?? '').matchAll(/\(?([a-z_][a-z0-9_]*)\)?(?:::[a-z ]+)? = /g)].map(
    ([, column]) => column!,
  );
  if (isScan && table !== undefined && columns.length > 0) return { table, columns: [...new Set(columns)] };
  for (const child of node.Plans ?? []) {
    const found = findScan(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
