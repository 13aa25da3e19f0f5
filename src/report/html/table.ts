import { type Content, type Html, html } from './markup.ts';

/** A table that scrolls sideways where it is too wide. `name` is what a screen reader calls it. */
export function tableOf(name: string, head: readonly string[], rows: readonly (readonly Content[])[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

export function foldedTable(title: string, head: readonly string[], rows: readonly (readonly Content[])[]): Html {
  return html`<details class="fold"><summary>${title}</summary>${tableOf(title, head, rows)}</details>`;
}
