import type { Document } from '../../model/facts.ts';
import { read, readText } from '../../model/resource.ts';

/** What one member says of its database in `etcd_info/endpoint_status.json`; bytes. */
export interface DatabaseSize {
  readonly list: Document;
  /** Of its item in the list. */
  readonly index: number;
  readonly endpoint: string;
  readonly size: number;
  /** Without what defragmentation would give back. */
  readonly inUse: number | undefined;
}

export function databaseSizes(lists: readonly Document[]): DatabaseSize[] {
  return lists.flatMap((list) =>
    (Array.isArray(list.body) ? list.body : []).flatMap((item, index) => {
      const size = read(item, 'Status.dbSize');
      const inUse = read(item, 'Status.dbSizeInUse');
      if (typeof size !== 'number') return [];
      const endpoint = readText(item, 'Endpoint') ?? '';
      return [{ list, index, endpoint, size, inUse: typeof inUse === 'number' ? inUse : undefined }];
    }),
  );
}
