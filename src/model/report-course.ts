import { z } from 'zod';
import { entity, evidence, place, probability, time } from './report-common.ts';

/** How the incident went: clocks, onset and impact, recovery and recurrence, what was not seen, what was new in the logs. */

/** How far a host's clock is off, by facts that two clocks saw. */
export const clockSkew = z.object({
  host: z.string(),
  /** Whose clock it is measured by: a host, or `cluster` for the time of the API server. */
  against: z.string(),
  /** Positive: the host's clock is ahead. */
  skewMs: z.number(),
  /** The facts allow this much more or less. */
  uncertaintyMs: z.number().min(0),
  samples: z.number().int().min(1),
  because: z.array(z.string()),
});

/** What could not be used, and when. */
const affected = z.object({
  kind: z.enum(['operator-unavailable', 'operator-degraded', 'node-not-ready', 'api-errors', 'pool-degraded']),
  /** Operator, node or pool; `cluster` for the API. */
  name: z.string(),
  /** Absent where nothing tells since when. */
  from: time.optional(),
  /** Absent: still so when it was gathered. */
  until: time.optional(),
  /** What it says of itself. */
  text: z.string().optional(),
  finding: z.string().optional(),
  source: z.string().optional(),
  line: z.number().int().min(1).optional(),
});

export const impact = z.object({
  /** Earliest time at which a cause, or what it led to, is seen. */
  began: time.optional(),
  /** The finding that shows it. */
  beganWith: z.string().optional(),
  /** The log of that finding starts with it: it may have begun earlier. */
  mayBeEarlier: z.literal(true).optional(),
  /** When the cluster itself first said so, by an operator, a node or a pool. */
  firstReported: z
    .object({ at: time, text: z.string(), source: z.string().optional(), line: z.number().int().min(1).optional() })
    .optional(),
  /** How long a sign that anyone could have seen had been there when the gather was taken. */
  visibleForMs: z.number().min(0).optional(),
  /** `operator network degraded for 23 h`. */
  visibleSign: z.string().optional(),
  /** By time of onset. */
  affected: z.array(affected),
});

/** What speaks for and against a cause. */
export const basis = z.object({
  /** How sure its finding is by itself. */
  own: probability,
  /** What its observed effects add: 0 where there are none, 2.3 what one sure effect of a strong edge says. */
  support: z.number().min(0),
  /** Strong effects that were looked for and are not there. */
  absent: z.number().int().min(0),
  /** What idle peers, recovery, a stand-in and unseen links take away. */
  factor: probability,
});

/** When a cause was over, and what was different then. */
export const recovery = z.object({
  /** Last seen, or mended, whichever is known. */
  at: time.optional(),
  /** What happened around then; may be empty. */
  changed: z.array(place.partial().extend({ at: time.optional(), text: z.string() })),
});

/** An earlier time at which the same cause was seen, with a silence after it. */
export const occurrence = z.object({
  from: time,
  until: time,
  /** Matches of that time; approximate where there were thousands. */
  count: z.number().int().min(1),
});

/** A link that must exist between two findings, and that the input does not show. */
export const inferredLink = z.object({
  id: z.string(),
  title: z.string(),
  /** The signature that would have shown it. */
  signature: z.string(),
  entities: z.array(entity),
  /** Finding ids on either side of it. */
  cause: z.string(),
  effect: z.string(),
  /** Of the whole way from cause to effect. */
  strength: probability,
  because: z.array(z.string()),
  /** What would show it. */
  collectNext: z.array(z.string()),
});

/** What the logs did around the onset that no signature knows. Never a cause. */
export const logChange = z.object({
  /**
   * - `rate`: a line that was there before came much more often from the onset on;
   * - `first`: an error that was never seen before the onset, shortly before the first symptom;
   * - `silence`: a log that stops although its writer should go on.
   */
  kind: z.enum(['rate', 'first', 'silence']),
  source: z.string(),
  host: z.string().optional(),
  /** The message with numbers, ids and addresses masked by `#`; absent for a silence. */
  template: z.string().optional(),
  /** Logs that show the same; the rest tells of the one that shows it first. */
  logs: z.number().int().min(1),
  count: z.number().int().min(1),
  from: time.optional(),
  until: time.optional(),
  /** Lines per hour before and after the onset. */
  perHourBefore: z.number().min(0).optional(),
  perHourAfter: z.number().min(0).optional(),
  evidence: z.array(evidence),
});
