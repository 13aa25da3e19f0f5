import type { RootCause } from '../../model/report.ts';
import { type Html, html, multiline } from './markup.ts';

type Action = RootCause['remediation'][number];

const RISK: Readonly<Record<NonNullable<Action['risk']>, string>> = {
  safe: 'safe',
  disruptive: 'disruptive',
  destructive: 'destructive',
};

export function actionItem(action: Action): Html {
  const { risk } = action;
  return html`<li class="action ${risk ?? 'unrated'}">${risk !== undefined && html`<span class="risk ${risk}">${risk === 'destructive' && html`<span aria-hidden="true">⚠ </span>`}${RISK[risk]}</span> `}${action.text}${action.run !== undefined && command(action.run, risk)}</li>`;
}

/** A command with a button that copies it. The button works with the page's script only and is hidden without it. */
function command(run: string, risk: Action['risk']): Html {
  const label = risk === 'destructive' ? 'Copy destructive command' : 'Copy';
  return html`<div class="command"><pre tabindex="0"><code>${multiline(run.trimEnd())}</code></pre><button type="button" class="copy" hidden>${label}</button></div>`;
}
