import { z } from 'zod';
import { ENTITY_KINDS } from '../model/entity.ts';

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be kebab-case');
const entity = z
  .string()
  .refine(
    (text) => ENTITY_KINDS.some((kind) => text.startsWith(`${kind}:`)),
    'must be kind:name with a known entity kind',
  );
const probability = z.number().min(0).max(1);
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema).min(1)]);
const edge = z.strictObject({ cause: id, effect: id });

/** `scenario.yaml`: what a right report says of a sample gather, written by hand. */
export const scenarioSchema = z.strictObject({
  title: z.string(),
  inputs: z.array(z.string()).min(1).describe('relative to the scenario, in the order in which they are given'),
  story: z.string(),
  verdict: z.strictObject({
    status: oneOrMore(z.enum(['healthy', 'degraded', 'failed', 'inconclusive'])),
    recovery: z.enum(['none-needed', 'in-place', 'hardware', 'reinstall', 'unknown']),
  }),
  rootCauses: z
    .array(
      z.strictObject({
        signature: oneOrMore(id).describe('several: any of these'),
        entities: z.array(entity).describe('all of these are among the entities of the cause'),
        status: z.enum(['active', 'recovered']),
        minConfidence: probability.optional(),
        maxConfidence: probability.optional(),
        rank: z.number().int().min(1).optional().describe('where given, the cause has exactly this rank'),
      }),
    )
    .describe('each is a root cause of the report, in this relative order'),
  anyOrder: z.literal(true).optional().describe('the order of the root causes says nothing'),
  edges: z.array(edge).describe('each joins two findings of these signatures'),
  mayAppear: z
    .strictObject({ rootCauses: z.array(id).default([]) })
    .optional()
    .describe('root causes that a right report may list after the expected ones; any other is an error'),
  mustNotAppear: z
    .strictObject({
      rootCauses: z.array(id).default([]),
      edges: z.array(edge).default([]).describe('not drawn as proven'),
      findings: z.array(id).default([]),
      severities: z
        .array(z.enum(['critical', 'error', 'warning', 'info']))
        .default([])
        .describe('no active finding of these severities'),
    })
    .optional(),
});

export type ScenarioTruth = z.infer<typeof scenarioSchema>;
