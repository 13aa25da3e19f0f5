/**
 * What kind of text a file holds. Signatures select by it.
 * - `container`: container logs of a gather (`current`, `previous`, `rotated`), also sosreport's `crictl_logs`;
 * - `journal`: systemd journals in any form: unit logs of a must-gather, node journals, text dumps, exports, binary files;
 * - `kernel`: dmesg and other pure kernel logs;
 * - `console`: serial or BMC console captures;
 * - `audit`: API audit logs, JSON lines;
 * - `installer`: `.openshift_install.log`, installer and assisted-service logs;
 * - `gather`: what the collectors printed about themselves (`must-gather.logs`, `gather.logs`);
 * - `text`: any other text.
 */
export const SOURCE_KINDS = [
  'container',
  'journal',
  'kernel',
  'console',
  'audit',
  'installer',
  'gather',
  'text',
] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A log that is being read, with all that its path says about it. */
export interface Source {
  /** Path inside the input, nested archives joined by `!/`. Unique in one analysis. */
  readonly path: string;
  readonly kind: SourceKind;
  /** Host or node name as the path gives it. */
  readonly host?: string;
  /** The host is only what somebody named the file or its folder after, or what else lies in the folder says. */
  readonly isHostGuessed?: true;
  /** Systemd unit without `.service`, where the whole file belongs to one. */
  readonly unit?: string;
  readonly namespace?: string;
  readonly pod?: string;
  readonly container?: string;
  /** Which instance of the container wrote it. */
  readonly instance?: 'current' | 'previous' | 'rotated';
  /** Several hosts' lines are in this one file (`host_service_logs/masters`). */
  readonly merged?: boolean;
}
