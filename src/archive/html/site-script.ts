import { readFileSync } from 'node:fs';

/** The one script of the local site. */
export function siteScript(): string {
  return readFileSync(new URL('./client/site.js', import.meta.url), 'utf8');
}
