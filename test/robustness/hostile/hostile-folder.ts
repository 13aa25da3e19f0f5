import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A good line to put beside what is hostile: its finding shows that nothing else was lost. */
export const GOOD_LINE =
  'time="2026-01-15T10:00:00Z" level=fatal msg="waiting for Kubernetes API: context deadline exceeded"\n';
export const GOOD_FINDING = 'installer-api-wait-timeout';

/** A temporary folder for the tests of a file; gives a function that writes a file in it and returns where it is. */
export function hostileFolder(): {
  readonly path: () => string;
  file(name: string, content: string | Uint8Array): string;
} {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'inquest-hostile-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: () => folder,
    file(name, content) {
      const at = path.join(folder, name);
      mkdirSync(path.dirname(at), { recursive: true });
      writeFileSync(at, content);
      return at;
    },
  };
}
