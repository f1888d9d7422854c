/** Which fields does a schema have, and of which kind? Read off the zod schema once, for facts, columns and checks. */
import type * as z from 'zod';
import type { FieldKind } from './fields.ts';

export interface Field {
  name: string;
  kind: FieldKind | 'plain' | 'list' | 'object';
  /** Of a list of objects: the fields of each. */
  fields: Field[];
}

const plans = new WeakMap<z.ZodObject, Field[]>();

function fieldOf(name: string, declared: z.ZodType): Field {
  let schema = declared;
  let kind = schema.meta()?.['x-kind'] as FieldKind | undefined;
  while (schema.def.type === 'optional') {
    schema = (schema.def as z.core.$ZodOptionalDef).innerType as z.ZodType;
    kind ??= schema.meta()?.['x-kind'] as FieldKind | undefined;
  }
  if (kind) return { name, kind, fields: [] };
  if (schema.def.type === 'array') {
    const element = (schema.def as z.core.$ZodArrayDef).element as z.ZodType;
    return { name, kind: 'list', fields: element.def.type === 'object' ? planOf(element as z.ZodObject) : [] };
  }
  return { name, kind: schema.def.type === 'record' || schema.def.type === 'object' ? 'object' : 'plain', fields: [] };
}

/** The fields of an object schema with their kinds; computed once per schema. */
export function planOf(schema: z.ZodObject): Field[] {
  const plan = plans.get(schema) ?? Object.entries(schema.shape).map(([name, field]) => fieldOf(name, field as z.ZodType));
  plans.set(schema, plan);
  return plan;
}
