import { createRequire } from 'node:module';

/** The package's version; `../package.json` is the same file from `src` and from `dist`. */
export const VERSION: string = createRequire(import.meta.url)('../package.json').version;
