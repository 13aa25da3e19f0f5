import { z } from 'zod';
import { ENTITY_KINDS } from './entity.ts';
import { ROLES, SEVERITIES } from './finding.ts';
import { MIN_LITERAL } from './matcher-values.ts';
import { SOURCE_KINDS } from './source.ts';
import { parseDuration } from './time.ts';

/** The declarative signature format: one YAML file each under `signatures/<area>/<id>.yaml`. */

const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case');
const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'must be a duration such as 90s, 10m, 1h30m or 2d');
const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);
const regex = z.string().refine(isRegex, 'is not a valid regular expression');
const literal = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= MIN_LITERAL, `must have at least ${MIN_LITERAL} bytes`);
const entityKind = z.enum(ENTITY_KINDS);
const matcherName = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'must be a camelCase name');

function isRegex(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

const text = {
  /** A line is a candidate when it holds any of them. */
  contains: oneOrMore(literal).describe('literal, or several of which any is enough'),
  pattern: regex.optional().describe('regular expression that a candidate must match; named groups are captures'),
  not: oneOrMore(regex).optional().describe('a candidate that matches any of these is dropped'),
  ignoreCase: z.boolean().optional(),
};

const logMatcher = z.strictObject({
  ...text,
  source: oneOrMore(z.enum(SOURCE_KINDS)).optional(),
  namespace: oneOrMore(z.string()).optional().describe('namespace of a container log; globs allowed'),
  pod: oneOrMore(z.string()).optional(),
  container: oneOrMore(z.string()).optional(),
  unit: oneOrMore(z.string()).optional().describe('systemd unit or syslog identifier of a journal line'),
  path: oneOrMore(z.string()).optional().describe('glob over the path inside the input'),
});

const eventMatcher = z.strictObject({
  reason: oneOrMore(z.string()).optional(),
  contains: oneOrMore(z.string().min(1)).optional(),
  pattern: regex.optional(),
  not: oneOrMore(regex).optional(),
  namespace: oneOrMore(z.string()).optional(),
  kind: oneOrMore(z.string()).optional().describe('kind of the involved object'),
  type: z.enum(['Normal', 'Warning']).optional(),
});

const predicate = z.strictObject({
  path: z.string().describe('status.conditions[type=Ready].status; [*] for every item'),
  exists: z.boolean().optional(),
  eq: z.union([z.string(), z.number(), z.boolean()]).optional(),
  ne: z.union([z.string(), z.number(), z.boolean()]).optional(),
  in: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  gt: z.number().optional(),
  lt: z.number().optional(),
  contains: oneOrMore(z.string()).optional(),
  pattern: regex.optional(),
  not: oneOrMore(regex).optional(),
  olderThan: duration.optional().describe('the time at this path lies at least this long before the gather time'),
});

const condition = z.strictObject({
  type: oneOrMore(z.string()).describe('condition type; globs allowed'),
  status: oneOrMore(z.enum(['True', 'False', 'Unknown'])),
  reason: oneOrMore(z.string()).optional().describe('globs allowed'),
  contains: oneOrMore(z.string()).optional().describe('literals in the message, any of them'),
  pattern: regex.optional().describe('on the message; every match is reported'),
  not: oneOrMore(regex).optional(),
});

const resourceMatcher = z.strictObject({
  kind: oneOrMore(z.string()),
  name: oneOrMore(z.string()).optional().describe('globs allowed'),
  namespace: oneOrMore(z.string()).optional().describe('globs allowed'),
  where: z.array(predicate).min(1).optional(),
  condition: condition.optional(),
});

const matcher = z.union([
  z.strictObject({ log: logMatcher }),
  z.strictObject({ event: eventMatcher }),
  z.strictObject({ resource: resourceMatcher }),
]);

const of = oneOrMore(matcherName).optional();

const when = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('any'), of }),
  z.strictObject({ type: z.literal('count'), of, gte: z.number().int().min(1), within: duration.optional() }),
  z.strictObject({
    type: z.literal('loop'),
    of,
    repeats: z.number().int().min(3),
    spacing: duration.describe('longest median time between repeats'),
    lasting: duration.optional().describe('shortest time from first to last repeat'),
  }),
  z.strictObject({
    type: z.literal('distinct'),
    of,
    capture: z.string(),
    gte: z.number().int().min(2),
    within: duration.optional(),
  }),
  z.strictObject({
    type: z.literal('sequence'),
    steps: z.array(matcherName).min(2),
    within: duration,
    times: z.number().int().min(1).optional(),
  }),
  z.strictObject({ type: z.literal('all'), of: z.array(matcherName).min(2), within: duration.optional() }),
  z.strictObject({
    type: z.literal('absent'),
    of: matcherName.describe('what was seen'),
    without: matcherName.describe('what should have followed and did not'),
    within: duration.optional(),
  }),
  z.strictObject({
    type: z.literal('persistent'),
    of,
    for: duration.describe('how long the condition must have held at gather time'),
  }),
]);

/**
 * `host`: a node, or the machine or BareMetalHost behind it. `service`: what sends to a pod, or answers for a webhook.
 * `downstream`: the effect's operator depends on the cause's.
 */
const join = z.enum([...ENTITY_KINDS, 'host', 'service', 'downstream']);

/** `holder`: the node that a volume is attached to. `expiry`: when a certificate ends. */
const agreed = z.enum([...ENTITY_KINDS, 'host', 'holder', 'expiry']);

const edge = z.strictObject({
  effect: kebab,
  join: z
    .array(join)
    .min(1)
    .describe(
      'entity kinds that both ends must share, after pod→node, machine→host and the like; cluster: no shared entity needed',
    ),
  agree: z
    .array(agreed)
    .min(1)
    .optional()
    .describe('entity kinds of which both ends must share one where both are known to have any'),
  within: duration.optional().describe('the effect starts at most this long after the cause'),
  strength: z.enum(['strong', 'likely', 'weak']),
  because: z.string().describe('the mechanism, in one clause'),
});

const command = z.strictObject({
  text: z.string(),
  run: z.string().optional().describe('a command; {captures} and {entities} are filled in'),
  risk: z.enum(['safe', 'disruptive', 'destructive']).optional(),
});

const logCase = z.strictObject({
  source: z.enum(SOURCE_KINDS).optional().describe('default: container'),
  path: z.string().optional(),
  namespace: z.string().optional(),
  pod: z.string().optional(),
  container: z.string().optional(),
  host: z.string().optional(),
  unit: z.string().optional(),
  /** `{iso}`, `{short}`, `{klog}` and `{seconds}` in a line stand for the time of the repeat in that notation. */
  lines: z.array(z.string()).min(1),
  repeat: z.number().int().min(1).optional().describe('how often the lines stand in the log'),
  every: duration.optional().describe('time between repeats; default 1s'),
  start: z.string().optional().describe('RFC 3339 time of the first repeat; default 2026-01-15T10:00:00Z'),
});

const signatureCase = z.strictObject({
  name: z.string(),
  log: oneOrMore(logCase).optional(),
  resources: z.string().optional().describe('YAML documents; core/v1 Events among them are matched as events'),
  gatheredAt: z.string().optional().describe('default: a minute after the last line'),
  expect: z
    .strictObject({
      findings: z.number().int().min(0).optional().describe('default: 1 for hits; clear cases always expect 0'),
      captures: z.record(z.string(), z.string()).optional(),
      entities: z.array(z.string()).optional().describe('kind:name, all of which must be there'),
      status: z.enum(['active', 'recovered']).optional(),
    })
    .optional(),
});

export const signatureSchema = z.strictObject({
  id: kebab,
  title: z.string().max(120),
  /** As the title, with placeholders: the finding's own title where all of them are filled. */
  headline: z
    .string()
    .max(120)
    .optional()
    .describe('the title of a finding, with placeholders as in summary; where one stays empty, title is shown'),
  component: z.string(),
  severity: z.enum(SEVERITIES),
  role: z.enum(ROLES),
  status: z.enum(['experimental', 'stable', 'deprecated']),
  confidence: z.enum(['certain', 'likely', 'possible']).default('likely'),
  applies: z
    .strictObject({
      openshift: z.string().optional().describe('version range such as ">=4.14 <4.19"'),
      platforms: z.array(z.string()).optional(),
      topology: z.array(z.string()).optional(),
    })
    .optional(),
  match: z.record(matcherName, matcher),
  when: when.default({ type: 'any' }),
  entities: z.array(entityKind).optional().describe('the kinds that tell one finding from another; default: by source'),
  /** The fault holds from installation on, whatever time its evidence carries. */
  timeless: z.boolean().optional(),
  causeWhenAlone: z
    .boolean()
    .optional()
    .describe('a symptom that is a cause where one node alone shows it, and most of its peers are ready'),
  secondary: z
    .boolean()
    .optional()
    .describe('a cause that always follows from something else: less sure where that was not gathered'),
  /** Phases in which the same lines are normal: they do not count there. */
  transient: z.array(z.enum(['install', 'upgrade', 'boot'])).optional(),
  /** Matchers whose later hit on the same entity shows that the fault is over. */
  resolved: oneOrMore(matcherName).optional(),
  /** How close to the end of its log the last match must lie to count as active. */
  activeWithin: duration.optional(),
  recovery: z
    .enum(['in-place', 'hardware', 'reinstall'])
    .optional()
    .describe('what it takes to mend, where this is the cause'),
  causes: z.array(edge).optional(),
  summary: z.string(),
  why: z.string(),
  confirm: z.array(command).optional(),
  fix: z.array(command).optional(),
  collect: z.array(z.string()).optional(),
  references: z.array(z.string()).optional(),
  falsePositives: z.array(z.string()).optional(),
  tests: z.strictObject({ hits: z.array(signatureCase).min(1), clear: z.array(signatureCase).min(1) }),
});

export type Signature = z.output<typeof signatureSchema>;
export type Matcher = z.output<typeof matcher>;
export type LogMatcher = z.output<typeof logMatcher>;
export type EventMatcher = z.output<typeof eventMatcher>;
export type ResourceMatcher = z.output<typeof resourceMatcher>;
export type Predicate = z.output<typeof predicate>;
export type ConditionMatcher = z.output<typeof condition>;
export type When = z.output<typeof when>;
export type CauseEdge = z.output<typeof edge>;
export type Command = z.output<typeof command>;
export type SignatureCase = z.output<typeof signatureCase>;
export type JoinKind = z.output<typeof join>;
export type AgreedKind = z.output<typeof agreed>;
