/** A packaged CloudFormation template, as far as coverage depends on it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

/** A resource of a CloudFormation template, as far as coverage reads it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  /** It is there only where this holds. */
  readonly Condition?: string;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a list: what a template may write as one thing or several. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The value below `path` (`Target.DeadLetterConfig.Arn`); undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);
}

/** Logical ids that a value names anywhere inside it, by `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
export function referencedIds(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  collectIds(value, found);
  return found;
}

function collectIds(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collectIds(each, found);
  if (!isRecord(value)) return;
  if (typeof value.Ref === 'string') found.add(value.Ref);
  const attribute = value['Fn::GetAtt'];
  const [id] = typeof attribute === 'string' ? attribute.split('.') : Array.isArray(attribute) ? attribute : [];
  if (typeof id === 'string') found.add(id);
  const [text] = listOf(value['Fn::Sub']);
  if (typeof text === 'string') for (const [, name = ''] of text.matchAll(/\$\{([A-Za-z0-9]+)/g)) found.add(name);
  for (const each of Object.values(value)) collectIds(each, found);
}

/** Texts that stand anywhere inside a value. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
