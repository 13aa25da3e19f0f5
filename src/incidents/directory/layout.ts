import { join } from 'node:path';

/**
 * Where things are in an archive:
 *
 *     archive.json                 says that this is one, and of which format
 *     incidents/<id>/report.json   the report
 *     incidents/<id>/incident.json its summary, and the digests of the files beside it; written last
 *     notes/<id>.json              what people wrote about it
 *     failures/<id>.json           an input that could not be analysed
 *     pending/<id>.<nonce>         an incident that no segment holds as it is now
 *     index/<number>-<digest>/     an immutable segment of the index; see `segment.ts`
 *     incoming/                    what is being downloaded, uploaded or analysed
 */
export interface Layout {
  readonly root: string;
  readonly marker: string;
  readonly incidents: string;
  readonly notes: string;
  readonly failures: string;
  readonly pending: string;
  readonly index: string;
  readonly incoming: string;
}

export function layoutOf(root: string): Layout {
  return {
    root,
    marker: join(root, 'archive.json'),
    incidents: join(root, 'incidents'),
    notes: join(root, 'notes'),
    failures: join(root, 'failures'),
    pending: join(root, 'pending'),
    index: join(root, 'index'),
    incoming: join(root, 'incoming'),
  };
}

export const MARKER = { format: 'inquest-archive', version: 1 } as const;

/** The only names that are ever looked up in an archive. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}
