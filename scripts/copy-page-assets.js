// The scripts and styles of the HTML report are plain files; the compiler leaves them where they are.
import { cpSync } from 'node:fs';

cpSync('src/report/html/client', 'dist/report/html/client', { recursive: true });
