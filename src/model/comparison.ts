import { z } from 'zod';
import { SEVERITIES } from './finding.ts';
import { entity, evidence, place, probability, time } from './report-common.ts';

/** What differs between two reports: the product of `inquest diff`. Version 1. */

const side = z.object({
  inputs: z.array(z.string()),
  gatheredAt: time.optional(),
  version: z.string().optional(),
  verdict: z.object({ status: z.string(), recovery: z.string(), summary: z.string() }),
});

const cause = z.object({
  signature: z.string(),
  title: z.string(),
  entities: z.array(entity),
  confidence: probability,
  status: z.string(),
});

const finding = z.object({
  id: z.string(),
  signature: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  role: z.string(),
  status: z.string(),
  entities: z.array(entity),
  evidence: z.array(evidence),
});

export const comparisonSchema = z.object({
  schemaVersion: z.literal(1),
  before: side,
  after: side,
  /** Root causes that only one of the two has; `looked` as of findings. */
  causes: z.object({ appeared: z.array(cause), disappeared: z.array(cause.extend({ looked: z.boolean() })) }),
  findings: z.object({
    appeared: z.array(finding),
    /** `looked`: the second input holds what would show it; where it does not, nobody knows whether it is over. */
    disappeared: z.array(finding.extend({ looked: z.boolean() })),
    changed: z.array(finding.extend({ before: z.object({ severity: z.enum(SEVERITIES), status: z.string() }) })),
  }),
  /** Operators and nodes whose state differs; without one on a side that gathered none of the kind. */
  states: z.array(
    z.object({
      kind: z.enum(['operator', 'node']),
      name: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
  /** Fields of cluster configuration that differ; what only one side has, as a whole. */
  configuration: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      field: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
      /** Where the second input has it, or the first where it is gone. */
      place,
    }),
  ),
  /** What could not be compared. */
  notes: z.array(z.string()),
});

export type Comparison = z.infer<typeof comparisonSchema>;
