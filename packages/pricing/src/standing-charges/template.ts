/** A packaged CloudFormation template, as far as prices depend on it. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The logical id that a `Ref`, `Fn::GetAtt` or one-variable `Fn::Sub` names; undefined for anything else. */
export function referencedId(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  if (typeof value.Ref === 'string') return value.Ref;
  const attribute = value['Fn::GetAtt'];
  if (Array.isArray(attribute)) return String(attribute[0]);
  if (typeof attribute === 'string') return attribute.split('.')[0];
  return typeof value['Fn::Sub'] === 'string' ? /^\$\{([^.}]+)[^}]*\}$/.exec(value['Fn::Sub'])?.[1] : undefined;
}

/** A value as the template fixes it: a parameter stands for its default. Undefined for what is known only once deployed. */
export function fixedValue(template: Template, value: unknown): unknown {
  if (!isRecord(value)) return value;
  if (typeof value.Ref === 'string') return template.Parameters?.[value.Ref]?.Default;
  return Object.keys(value).some((key) => key.startsWith('Fn::')) ? undefined : value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
