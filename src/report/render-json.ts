import { z } from 'zod';
import { compareText } from '../model/entity.ts';
import { type Report, reportSchema } from '../model/report.ts';

/** One JSON object with its keys in the schema's order, two-space indentation and a final line end. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(ordered(reportSchema, report), null, 2)}\n`;
}

/** The value with known keys in the schema's order; keys that the schema does not know follow, sorted. */
function ordered(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional) return ordered(schema.unwrap(), value);
  if (Array.isArray(value)) {
    const element = schema instanceof z.ZodArray ? schema.element : undefined;
    return value.map((item) => ordered(element, item));
  }
  if (value === null || typeof value !== 'object') return value;
  const shape: Readonly<Record<string, unknown>> = schema instanceof z.ZodObject ? schema.shape : {};
  const fields = new Map(Object.entries(value));
  const known = Object.keys(shape).filter((key) => fields.has(key));
  const others = [...fields.keys()].filter((key) => !Object.hasOwn(shape, key)).sort(compareText);
  return Object.fromEntries(
    [...known, ...others].map((key) => [
      key,
      ordered(Object.hasOwn(shape, key) ? shape[key] : undefined, fields.get(key)),
    ]),
  );
}
