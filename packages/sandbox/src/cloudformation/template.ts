/** A CloudFormation template, as `sls package` writes it. */
export interface Template {
  readonly AWSTemplateFormatVersion?: string;
  readonly Description?: string;
  readonly Metadata?: unknown;
  readonly Transform?: string | readonly string[];
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string | number;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  /** `RetainExceptOnCreate` keeps a resource as `Retain` does, unless the very deployment that creates it fails. */
  readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
}

export interface TemplateOutput {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** Lets templates use Fn::ToJsonString and Fn::Length. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Transform',
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
];

const DELETION_POLICIES: readonly string[] = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** Throws, naming it, on a section, transform or deletion policy that the sandbox would have to ignore. */
export function checkTemplate(template: Template): void {
  const unknown = Object.keys(template).filter((section) => !SECTIONS.includes(section));
  if (unknown.length > 0) throw new Error(`The sandbox does not know the template section ${unknown.join(', ')}.`);
  const transforms = [template.Transform ?? []].flat().filter((name) => name !== LANGUAGE_EXTENSIONS);
  if (transforms.length > 0)
    throw new Error(`The sandbox does not run the template transform ${transforms.join(', ')}.`);
  if (Object.keys(template.Resources ?? {}).length === 0) throw new Error('The template has no Resources.');
  for (const [logicalId, { DeletionPolicy }] of Object.entries(template.Resources)) {
    if (DeletionPolicy === undefined || DELETION_POLICIES.includes(DeletionPolicy)) continue;
    throw new Error(
      `${logicalId} has the DeletionPolicy ${DeletionPolicy}; there are ${DELETION_POLICIES.join(', ')}.`,
    );
  }
}
