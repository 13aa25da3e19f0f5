import { type Content, html } from '../../report/html/markup.ts';
import { documentOf } from './document.ts';

const PAGES = [
  { href: '/', label: 'Incidents' },
  { href: '/statistics', label: 'Statistics' },
];

/** A page of the local web site. Its styles and its script are files of the same server; nothing stands inline. */
export function sitePage(title: string, here: string, body: Content): string {
  return documentOf({
    title,
    head: html`<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/site.js" defer></script>`,
    navigation: PAGES.map((page) => ({ ...page, isHere: page.href === here })),
    body: html`<h1 class="sr">${title}</h1>
${body}`,
  });
}
