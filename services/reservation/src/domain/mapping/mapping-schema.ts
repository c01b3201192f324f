import * as z from 'zod';

const path = z.string().min(1).max(500);
const paths = z.union([path, z.array(path).min(1).max(20)]);

/** How the text at a path becomes a value. Steps are taken in the order of this list. */
const pathValueSchema = z.strictObject({
  path: paths,
  /** A part of the text: characters from a place, counted from 0. */
  part: z.strictObject({ from: z.number().int().min(0), length: z.number().int().min(1).optional() }).optional(),
  /** Replaces a code of the sender; codes that are not listed are kept, dropped or replaced. */
  codes: z.record(z.string(), z.string()).optional(),
  otherwise: z.union([z.literal('keep'), z.literal('drop'), z.strictObject({ value: z.string().min(1) })]).optional(),
  /** How a date or time is written, such as DD.MM.YYYY or YYMMDD HH:mm; it becomes ISO 8601. */
  date: z.string().min(1).max(40).optional(),
  /** How a number is written. `scale` moves the decimal point: cents have a scale of 2. */
  number: z
    .strictObject({
      decimal: z.enum(['.', ',']).optional(),
      group: z.enum(['.', ',', ' ', "'"]).optional(),
      scale: z.number().int().min(0).max(6).optional(),
    })
    .optional(),
  case: z.enum(['upper', 'lower']).optional(),
  /** Where there is no value. */
  default: z.string().min(1).optional(),
});

/** A value: a path, or a path with steps, a constant, several values as one text, or one or another by a condition. */
export type Expression =
  | string
  | z.infer<typeof pathValueSchema>
  | { readonly constant: string }
  | { readonly concat: readonly Expression[]; readonly separator?: string | undefined }
  | {
      readonly when: { readonly path: string | string[]; readonly in: readonly string[] };
      readonly use: Expression;
      readonly otherwise?: Expression | undefined;
    };

const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.union(
    [
      path,
      pathValueSchema,
      z.strictObject({ constant: z.string().min(1) }),
      z.strictObject({ concat: z.array(expressionSchema).min(1).max(10), separator: z.string().max(5).optional() }),
      z.strictObject({
        when: z.strictObject({ path: paths, in: z.array(z.string()).min(1) }),
        use: expressionSchema,
        otherwise: expressionSchema.optional(),
      }),
    ],
    'is no path, {path, …}, {constant}, {concat} or {when, use}',
  ),
);

const fields = <const N extends string>(names: readonly N[]) =>
  z.partialRecord(z.enum(names as readonly [N, ...N[]]), expressionSchema);

/** Repeated elements below the record; `.` where the record itself holds the only one. */
const part = <const N extends string>(names: readonly N[]) => z.strictObject({ record: path, fields: fields(names) });

const MONEY = ['beforeTax', 'afterTax', 'currency'] as const;

/** A source's XML as data: what a reservation of it is, and where its details stand. */
export const mappingSchema = z.strictObject({
  source: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'must be lower case letters, digits and hyphens'),
  version: z.number().int().min(1),
  title: z.string().min(1).max(200),
  /** Prefixes that paths use. A name without prefix fits in any namespace. */
  namespaces: z.record(z.string(), z.string()).optional(),
  /** The element of one reservation. All other paths are relative to it, or to the record of their part. */
  record: path,
  /** Must come to create, modify or cancel. */
  kind: expressionSchema,
  fields: fields([
    'confirmation',
    'status',
    'hotelCode',
    'chainCode',
    'brandCode',
    'hotelName',
    'messageId',
    'sentAt',
    'changedAt',
    'sequence',
    'arrival',
    'departure',
    'cardCode',
    'cardNumber',
    'cardExpires',
    'sourceChannel',
    ...MONEY,
  ]).refine((given) => given.confirmation !== undefined, 'must have confirmation'),
  ids: part(['value', 'type', 'source']).optional(),
  roomStays: z
    .strictObject({
      ...part(['roomType', 'ratePlan', 'units', 'arrival', 'departure', 'adults', 'children', ...MONEY]).shape,
      rates: part(['from', 'until', ...MONEY]).optional(),
    })
    .optional(),
  guests: part([
    'isPrimary',
    'title',
    'givenName',
    'middleName',
    'surname',
    'email',
    'phone',
    'addressLine',
    'city',
    'postalCode',
    'state',
    'country',
    'loyaltyProgram',
    'loyaltyNumber',
  ]).optional(),
  specialRequests: part(['code', 'text']).optional(),
  comments: part(['text']).optional(),
});

export type Mapping = z.infer<typeof mappingSchema>;
/** A repeated part of a mapping. */
export interface MappingPart {
  readonly record: string;
  readonly fields: Readonly<Record<string, Expression | undefined>>;
}
