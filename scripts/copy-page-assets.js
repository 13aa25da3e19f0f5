// The scripts and styles of the HTML report are plain files; the compiler leaves them where they are.
import { cpSync } from 'node:fs';

for (const folder of ['report/html/client', 'archive/html/client']) {
  cpSync(`src/${folder}`, `dist/${folder}`, { recursive: true });
}
