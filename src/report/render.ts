import type { Report } from '../model/report.ts';
import { renderHtml } from './html/render-html.ts';
import { maskSecrets } from './redact/mask-secrets.ts';
import { renderJson } from './render-json.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderPostmortem } from './render-postmortem.ts';
import { renderSlack, renderSummary } from './render-summary.ts';
import { renderTerminal } from './render-terminal.ts';

export interface RenderOptions {
  /** Columns of the terminal rendering; default 80. */
  readonly width?: number;
  /** Colours in the terminal rendering; default none. */
  readonly color?: boolean;
}

type Renderer = (report: Report, options: RenderOptions) => string;

const RENDERERS = {
  terminal: (report, { width = 80, color = false }) => renderTerminal(report, { width, color }),
  json: renderJson,
  markdown: renderMarkdown,
  html: renderHtml,
  postmortem: renderPostmortem,
  summary: renderSummary,
  slack: renderSlack,
} as const satisfies Record<string, Renderer>;

export type Format = keyof typeof RENDERERS;

export const FORMATS = Object.keys(RENDERERS) as readonly Format[];

/** The report in one of its renderings, without secrets that slipped into logs: the same report and options give the same text. */
export function render(report: Report, format: Format, options: RenderOptions = {}): string {
  const renderer: Renderer = RENDERERS[format];
  return renderer(maskSecrets(report), options);
}
