/** Properties as CloudFormation nests them. */
interface Properties {
  readonly [name: string]: string | number | boolean | Properties;
}

/** Lines for the owner's serverless.yml. The logical name under `Resources:` is the owner's; the deployed name stands beside it. `note`: what else has to be done, where CloudFormation refuses the properties as the template stands. */
export const resourcePatch = (type: string, deployedAs: string, properties: Properties, note?: string): string =>
  [
    'resources:',
    '  Resources:',
    `    Your${type.split('::').at(-1)}: # deployed as ${deployedAs}`,
    `      Type: ${type}`,
    '      Properties:',
    ...linesOf(properties, '        '),
    ...(note === undefined ? [] : [`        # ${note}`]),
    '',
  ].join('\n');

const linesOf = (properties: Properties, indent: string): string[] =>
  Object.entries(properties).flatMap(([name, value]) =>
    typeof value === 'object'
      ? [`${indent}${name}:`, ...linesOf(value, `${indent}  `)]
      : [`${indent}${name}: ${value}`],
  );
