type Json = unknown;

/** What one template has that another has not, as `path: before -> after`; what packaging itself makes different each time counts as equal. */
export function templateChanges(before: Json, after: Json): readonly string[] {
  const changes: string[] = [];
  compare('', settled(before), settled(after), changes);
  return changes.sort();
}

/** Packages are named after the time of packaging, and so is the deployment of a REST API. */
function settled(template: Json): Json {
  return JSON.parse(
    JSON.stringify(template)
      .replace(/\d{13}-\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<time>')
      .replace(/(ApiGatewayDeployment)\d{13}/g, '$1<time>'),
  );
}

function compare(path: string, before: Json, after: Json, changes: string[]): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isTree(before) && isTree(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(path === '' ? key : `${path}/${key}`, before[key], after[key], changes);
    return;
  }
  changes.push(`${path}: ${describe(before)} -> ${describe(after)}`);
}

/** Lists are compared as a whole: a change in one is a change of all of it. */
const isTree = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const describe = (value: Json): string => (value === undefined ? 'nothing' : JSON.stringify(value));
