import { z } from 'zod';
import { ROLES, SEVERITIES } from './finding.ts';
import { INPUT_KINDS } from './ingest.ts';
import { entity, evidence, probability, status, time } from './report-common.ts';
import { basis, clockSkew, impact, inferredLink, logChange, occurrence, recovery } from './report-course.ts';

/** The report: one JSON model, of which every rendering is a pure function. Version 1. */

const action = z.object({
  text: z.string(),
  run: z.string().optional(),
  risk: z.enum(['safe', 'disruptive', 'destructive']).optional(),
});

const finding = z.object({
  id: z.string(),
  signature: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  role: z.enum(ROLES),
  status,
  confidence: probability,
  entities: z.array(entity),
  firstSeen: time.optional(),
  lastSeen: time.optional(),
  /** A fault of configuration: it holds from installation on. */
  timeless: z.literal(true).optional(),
  count: z.number().int().min(1),
  captures: z.record(z.string(), z.string()),
  evidence: z.array(evidence),
  /** What the signature makes of it, with captures filled in. */
  summary: z.string().optional(),
});

const rootCause = z.object({
  rank: z.number().int().min(1),
  finding: z.string(),
  signature: z.string(),
  title: z.string(),
  confidence: probability,
  /** What the confidence is made of. */
  basis: basis.optional(),
  status,
  entities: z.array(entity),
  explains: z.array(z.string()),
  because: z.array(z.string()),
  alternatives: z.array(
    z.object({ signature: z.string(), title: z.string(), confidence: probability, decidedBy: z.string() }),
  ),
  remediation: z.array(action),
  verify: z.array(action),
  collectNext: z.array(z.string()),
  summary: z.string().optional(),
  why: z.string().optional(),
  recovery: z.enum(['in-place', 'hardware', 'reinstall']).optional(),
  /** Of a cause that is over. */
  recovered: recovery.optional(),
  /** Earlier times at which it was there and went away again, oldest first. */
  earlier: z.array(occurrence).optional(),
});

const seenBefore = z.object({
  /** Id in the archive. */
  incident: z.string(),
  name: z.string(),
  at: time,
  /** 0..1: what both share, by weight, of what either has. */
  likeness: probability,
  causes: z.array(z.string()),
  same: z.array(z.string()),
  onlyHere: z.array(z.string()),
  onlyThere: z.array(z.string()),
  resolutions: z.array(z.object({ at: time, text: z.string(), by: z.string().optional() })),
});

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({
    name: z.string(),
    version: z.string(),
    signatures: z.object({ count: z.number().int(), digest: z.string() }),
  }),
  generatedAt: time,
  durationMs: z.number(),
  inputs: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(INPUT_KINDS),
      bytes: z.number(),
      sha256: z.string().optional(),
      members: z.number().int(),
      truncated: z.boolean(),
    }),
  ),
  cluster: z.object({
    id: z.string().optional(),
    version: z.string().optional(),
    desiredVersion: z.string().optional(),
    platform: z.string().optional(),
    topology: z.string().optional(),
    networkType: z.string().optional(),
    apiVIPs: z.array(z.string()),
    ingressVIPs: z.array(z.string()),
    machineNetworks: z.array(z.string()),
    nodes: z.array(
      z.object({ name: z.string(), roles: z.array(z.string()), ready: z.boolean(), version: z.string().optional() }),
    ),
    operators: z.array(
      z.object({
        name: z.string(),
        available: z.boolean(),
        progressing: z.boolean(),
        degraded: z.boolean(),
        /** It says neither that it is available nor that it is not. */
        unreported: z.literal(true).optional(),
        since: time.optional(),
        message: z.string().optional(),
      }),
    ),
  }),
  window: z.object({ from: time.optional(), to: time.optional(), gatheredAt: time.optional() }),
  verdict: z.object({
    status: z.enum(['healthy', 'degraded', 'failed', 'inconclusive']),
    recovery: z.enum(['none-needed', 'in-place', 'hardware', 'reinstall', 'unknown']),
    summary: z.string(),
  }),
  rootCauses: z.array(rootCause),
  findings: z.array(finding),
  edges: z.array(
    z.object({
      cause: z.string(),
      effect: z.string(),
      strength: probability,
      lagMs: z.number().optional(),
      because: z.array(z.string()),
    }),
  ),
  unexplained: z.array(z.string()),
  timeline: z.array(
    z.object({
      at: time,
      until: time.optional(),
      lane: z.string(),
      kind: z.string(),
      severity: z.enum(SEVERITIES),
      text: z.string(),
      finding: z.string().optional(),
      source: z.string().optional(),
    }),
  ),
  coverage: z.object({
    bytes: z.number(),
    files: z.number().int(),
    lines: z.number().int(),
    bySource: z.array(
      z.object({ kind: z.string(), files: z.number().int(), bytes: z.number(), lines: z.number().int() }),
    ),
    skipped: z.array(z.object({ source: z.string(), reason: z.string() })),
    missing: z.array(z.object({ what: z.string(), why: z.string(), matters: z.string() })),
    notes: z.array(z.string()),
  }),
  /** When it began, when it was first to be seen, and what could not be used meanwhile. */
  impact: impact.optional(),
  /** What is configured of the cluster: the `spec` of its configuration objects, field by field. */
  configuration: z
    .array(
      z.object({
        /** With its API group: `Network.config.openshift.io`. */
        kind: z.string(),
        name: z.string(),
        source: z.string(),
        fields: z.array(z.object({ path: z.string(), value: z.string(), line: z.number().int().min(1).optional() })),
      }),
    )
    .optional(),
  /** Hosts whose clocks could be measured against another. */
  clockSkews: z.array(clockSkew).optional(),
  /** Links of the chain that must exist and were not seen. */
  inferred: z.array(inferredLink).optional(),
  /** Boots of the hosts, by host and time. */
  boots: z
    .array(
      z.object({
        host: z.string(),
        id: z.string().optional(),
        from: time.optional(),
        /** Its last line. */
        until: time.optional(),
        /** `unknown`: its lines break off. Absent: it may still run. */
        ending: z.enum(['clean', 'panic', 'watchdog', 'unknown']).optional(),
        source: z.string(),
        line: z.number().int().min(1).optional(),
        /** What came last before an end that was no shutdown. */
        last: evidence.optional(),
      }),
    )
    .optional(),
  /** Lines that come again and again until their log ends, and that no signature names. They are never causes. */
  anomalies: z
    .array(
      z.object({
        source: z.string(),
        host: z.string().optional(),
        template: z.string(),
        /** Logs that end in it; the rest tells of the one that it fills most. */
        logs: z.number().int().min(1),
        /** How often, since it began. */
        count: z.number().int().min(1),
        /** Of the last lines of the log. */
        share: probability,
        medianSpacingMs: z.number().optional(),
        /** Median deviation from the median spacing, as a share of it. */
        jitter: z.number().optional(),
        from: time.optional(),
        until: time.optional(),
        evidence: z.array(evidence),
      }),
    )
    .optional(),
  /** What the logs did around the onset that no signature knows, by kind and time. They are never causes. */
  logChanges: z.array(logChange).optional(),
  /** Incidents of an archive that were like this one, most alike first. */
  seenBefore: z.array(seenBefore).optional(),
  outcomes: z.array(
    z.object({
      signature: z.string(),
      outcome: z.enum(['hit', 'clear', 'not-applicable', 'no-data', 'failed']),
      reason: z.string().optional(),
    }),
  ),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportFinding = Report['findings'][number];
export type RootCause = Report['rootCauses'][number];
export type SeenBefore = NonNullable<Report['seenBefore']>[number];
export type ReportBoot = NonNullable<Report['boots']>[number];
export type ReportAnomaly = NonNullable<Report['anomalies']>[number];
export type Impact = NonNullable<Report['impact']>;
export type Affected = Impact['affected'][number];
export type ClockSkew = NonNullable<Report['clockSkews']>[number];
export type InferredLink = NonNullable<Report['inferred']>[number];
export type LogChange = NonNullable<Report['logChanges']>[number];
export type ReportEdge = Report['edges'][number];
export type TimelineEntry = Report['timeline'][number];
