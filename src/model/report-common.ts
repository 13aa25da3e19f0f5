import { z } from 'zod';
import { ENTITY_KINDS } from './entity.ts';

/** What several parts of the report share. */

export const time = z.string().regex(/^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'must be RFC 3339 in UTC');
export const probability = z.number().min(0).max(1);
export const entity = z.object({ kind: z.enum(ENTITY_KINDS), name: z.string() });
export const status = z.enum(['active', 'recovered']);

/** A place that anyone can open. */
export const place = z.object({
  source: z.string(),
  line: z.number().int().min(1).optional(),
  offset: z.number().int().min(0).optional(),
  pointer: z.string().optional(),
});

export const evidence = place.extend({
  at: time.optional(),
  text: z.string(),
  repeats: z.number().int().min(1),
  until: time.optional(),
  /** Lines of the file right before and after it, in its order, cut where they are long. */
  before: z.array(z.string()).optional(),
  after: z.array(z.string()).optional(),
});
