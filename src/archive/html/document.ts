import { readFileSync } from 'node:fs';
import { loadAssets } from '../../report/html/assets.ts';
import { type Content, type Html, html, markupOf, trusted } from '../../report/html/markup.ts';

/** The styles of every page of an archive: those of the report, and what only these pages need. */
export function archiveStyle(): string {
  return `${loadAssets().style}\n${readFileSync(new URL('./client/archive.css', import.meta.url), 'utf8').trim()}\n`;
}

export interface DocumentParts {
  readonly title: string;
  /** What the head holds beside the title: a policy and styles, or links to them. */
  readonly head: Html;
  readonly navigation: readonly { readonly href: string; readonly label: string; readonly isHere?: boolean }[];
  readonly body: Content;
}

/** A page of an archive. */
export function documentOf({ title, head, navigation, body }: DocumentParts): string {
  return markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} - inquest</title>
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<p class="brand">inquest</p>
<nav aria-label="Pages"><ul>${navigation.map(({ href, label, isHere }) => html`<li><a href="${href}"${isHere === true && trusted(' aria-current="page"')}>${label}</a></li>`)}</ul></nav>
</header>
<main id="main">
${body}
</main>
</body>
</html>
`);
}
