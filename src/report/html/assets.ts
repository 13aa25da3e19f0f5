import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The page's own scripts and styles: plain files beside this module, in the sources and in the build alike. */

const SCRIPTS = ['unpack.js', 'page.js', 'graph.js', 'timeline-marks.js', 'timeline.js', 'search.js'];
const STYLES = ['base.css', 'answer.css', 'cards.css', 'findings.css', 'figures.css', 'print.css'];

const require = createRequire(import.meta.url);

export interface Assets {
  /** Body of the page's one script. */
  readonly script: string;
  readonly style: string;
  /** The search engine, run when somebody first searches. */
  readonly lunr: string;
}

let assets: Assets | undefined;

export function loadAssets(): Assets {
  assets ??= {
    script: `(() => {\n'use strict';\n${SCRIPTS.map(inlined).join('\n')}\n})();\n`,
    style: STYLES.map(client).join('\n'),
    lunr: closed(readFileSync(require.resolve('lunr/lunr.min.js'), 'utf8')),
  };
  return assets;
}

/** A module as part of one script: what it imports stands before it. */
function inlined(name: string): string {
  return client(name)
    .replace(/^import [^;]*;$/gm, '')
    .replace(/^export /gm, '');
}

function client(name: string): string {
  return closed(readFileSync(new URL(`./client/${name}`, import.meta.url), 'utf8').trim());
}

/** A file that could end the element it is written into would be a mistake of ours. */
function closed(source: string): string {
  if (/<\/(?:script|style)|<!--/i.test(source)) throw new Error('a page asset holds the end of its own element');
  return source;
}
