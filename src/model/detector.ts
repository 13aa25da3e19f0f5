import type { FactName, Facts } from './facts.ts';
import type { FindingDraft, Role, Severity } from './finding.ts';
import type { CauseEdge, Command } from './signature.ts';
import type { Micros } from './time.ts';

export type Outcome = 'hit' | 'clear' | 'not-applicable' | 'no-data' | 'failed';

/** What a signature and a detector have in common: all that correlation and report need to know of either. */
export interface Knowledge {
  readonly id: string;
  readonly title: string;
  readonly component: string;
  readonly severity: Severity;
  readonly role: Role;
  readonly status: 'experimental' | 'stable' | 'deprecated';
  readonly timeless?: boolean;
  /** A symptom that is a cause where one node alone shows it, and most of its peers are ready. */
  readonly causeWhenAlone?: boolean;
  /** A cause that always follows from something else, and is named until that is seen. */
  readonly secondary?: boolean;
  readonly recovery?: 'in-place' | 'hardware' | 'reinstall';
  readonly causes?: readonly CauseEdge[];
  readonly summary: string;
  readonly why: string;
  readonly confirm?: readonly Command[];
  readonly fix?: readonly Command[];
  readonly collect?: readonly string[];
  readonly references?: readonly string[];
  readonly falsePositives?: readonly string[];
}

/** Turns the many names of a thing into its one name. */
export interface Names {
  /** The Node object's name for a short host name, FQDN or address; the name itself where no Node is known by it. */
  node(name: string): string;
  /** The node that a pod runs on, as `namespace/name`. */
  nodeOfPod(pod: string): string | undefined;
  /** The BareMetalHost, as `namespace/name`, by its UUID in Ironic or the address of its BMC; the name itself where none is. */
  bareMetalHost(name: string): string;
  /** The ClusterOperator that owns a namespace. */
  operatorOf(namespace: string): string | undefined;
  /** The ClusterOperator that a pod, as `namespace/name`, is an operand of; several share some namespaces. */
  operatorOfPod(pod: string): string | undefined;
}

export interface DetectorInput<N extends FactName> {
  readonly facts: Facts<N>;
  /** When the gather was taken; undefined where nothing says so: then no age can be told. */
  readonly gatheredAt: Micros | undefined;
  readonly names: Names;
  report(draft: FindingDraft): void;
  /** The facts needed were not in the input: outcome `no-data`, not `clear`. */
  noData(reason: string): void;
}

/** A detector in TypeScript: for arithmetic and joins that a signature cannot say. */
export interface Detector<N extends FactName = FactName> {
  readonly about: Knowledge;
  /** Facts the detector reads. Nothing else is visible to it. */
  readonly needs: readonly N[];
  detect(input: DetectorInput<N>): void;
}

/** Declares a detector; infers its facts from `needs`, so that reading an undeclared one does not compile. */
export function defineDetector<const N extends FactName>(detector: Detector<N>): Detector {
  return detector as unknown as Detector;
}

export interface OutcomeRecord {
  readonly signature: string;
  readonly outcome: Outcome;
  readonly reason?: string;
}
