import { isClusterConfig, READ_CONFIG_MAPS } from './projection.ts';

/**
 * Kinds of which a cluster has thousands of objects and detectors read a few. Whatever else reads one of them (a signature
 * that names the kind) needs them all.
 */
export const SPARSE_KINDS = ['ConfigMap', 'Secret'] as const;

const CERTIFICATE_KEYS = ['tls.crt', 'kubeconfig'].map((key) => Buffer.from(key));
/** The numbered ones tell when a revision of a static pod was made. */
const REVISIONS = /^revision-status-/;

/** Whether a Secret or ConfigMap, whose text stands in `bytes[start, end)`, holds nothing that a detector reads. */
export function isUnread(
  kind: string,
  namespace: string | undefined,
  name: string | undefined,
  bytes: Buffer,
  start: number,
  end: number,
): boolean {
  if (kind === 'Secret') {
    const text = bytes.subarray(start, end);
    return !CERTIFICATE_KEYS.some((key) => text.includes(key));
  }
  if (kind !== 'ConfigMap' || name === undefined) return false;
  return !isClusterConfig(namespace, name) && !REVISIONS.test(name) && !READ_CONFIG_MAPS.test(name);
}
