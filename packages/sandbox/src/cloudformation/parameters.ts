import type { Template, TemplateParameter } from './template.ts';

/** What `Ref` gives for a parameter: a list for list types. */
export type ParameterValue = string | readonly string[];

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;
const LIST_TYPE = /^(CommaDelimitedList|List<.+>)$/;
const SCALAR_TYPE =
  /^(String|Number|AWS::SSM::Parameter::Name|AWS::EC2::\w+::(Id|KeyName|Name)|AWS::EC2::KeyPair::KeyName)$/;

/**
 * Values of a stack's parameters, checked as CloudFormation checks them; SSM-typed ones are read from Parameter Store.
 */
export function resolveParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  ssmValue: (name: string) => string,
): ReadonlyMap<string, ParameterValue> {
  const declared = template.Parameters ?? {};
  const strangers = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (strangers.length > 0) throw new Error(`Parameters: [${strangers.join(', ')}] do not exist in the template.`);
  const missing = Object.keys(declared).filter(
    (name) => given[name] === undefined && declared[name]!.Default === undefined,
  );
  if (missing.length > 0) throw new Error(`Parameters: [${missing.join(', ')}] must have values.`);
  return new Map(
    Object.entries(declared).map(([name, parameter]) => {
      const text = given[name] ?? String(parameter.Default);
      check(name, parameter, text);
      return [name, typed(name, parameter.Type, text, ssmValue)];
    }),
  );
}

function typed(name: string, type: string, text: string, ssmValue: (name: string) => string): ParameterValue {
  const ssmType = SSM_VALUE.exec(type)?.[1];
  if (ssmType) return typed(name, ssmType, ssmValue(text), ssmValue);
  if (LIST_TYPE.test(type)) return text.split(',').map((part) => part.trim());
  if (!SCALAR_TYPE.test(type))
    throw new Error(`Parameter ${name} has the type ${type}, which the sandbox does not know.`);
  return text;
}

function check(name: string, parameter: TemplateParameter, text: string): void {
  const refuse = (reason: string): never => {
    throw new Error(`Parameter '${name}' ${reason}, and its value is '${text}'.`);
  };
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  if (AllowedValues && !AllowedValues.map(String).includes(text))
    refuse(`must be one of [${AllowedValues.join(', ')}]`);
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(text))
    refuse(`must match pattern ${AllowedPattern}`);
  if (MinLength !== undefined && text.length < Number(MinLength)) refuse(`must have at least ${MinLength} characters`);
  if (MaxLength !== undefined && text.length > Number(MaxLength)) refuse(`must have at most ${MaxLength} characters`);
  if (parameter.Type !== 'Number') return;
  if (text.trim() === '' || Number.isNaN(Number(text))) refuse('must be a number');
  if (MinValue !== undefined && Number(text) < Number(MinValue)) refuse(`must be at least ${MinValue}`);
  if (MaxValue !== undefined && Number(text) > Number(MaxValue)) refuse(`must be at most ${MaxValue}`);
}
