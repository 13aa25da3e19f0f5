import type { Report } from '../../model/report.ts';
import { skewInWords } from '../course-words.ts';
import { unwellOperators } from '../selection.ts';
import { beforeGather, counted, readableTime, timeRange } from '../words.ts';
import { type Content, type Html, html, multiline } from './markup.ts';
import { networkPictures } from './networks.ts';
import type { Page } from './page.ts';
import { foldedTable, tableOf } from './table.ts';

export function clusterSection({ report }: Page): Html {
  const { cluster } = report;
  const pictures = networkPictures(report);
  const unwell = unwellOperators(report);
  const names = new Set(unwell.map(({ name }) => name));
  const well = cluster.operators.filter(({ name }) => !names.has(name));
  return html`<section id="cluster" aria-labelledby="cluster-title">
<h2 id="cluster-title">Cluster</h2>
<dl class="facts">${facts(report).map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${pictures.length > 0 && html`<h3>Machine networks and VIPs</h3>${pictures}`}
${versions(report)}
${clocks(report)}
${cluster.nodes.length > 0 && html`<h3>Nodes <span class="count">${cluster.nodes.length}</span></h3>${nodes(report)}`}
${cluster.operators.length > 0 && html`<h3>Operators <span class="count">${cluster.operators.length}</span></h3>`}
${
  unwell.length > 0 &&
  tableOf(
    'Operators that are not well',
    ['Operator', 'State', 'Since', 'Message'],
    unwell.map(({ name, states, since, message }) => [
      html`<code>${name}</code>`,
      html`<span class="bad">${states.join(', ')}</span>`,
      sinceCell(report, since),
      message !== undefined && html`<span class="message">${multiline(message)}</span>`,
    ]),
  )
}
${
  well.length > 0 &&
  foldedTable(
    `${counted(well.length, 'operator')} available and not degraded`,
    ['Operator', 'Since'],
    well.map(({ name, since }) => [html`<code>${name}</code>`, sinceCell(report, since)]),
  )
}
</section>`;
}

function facts({ cluster, window }: Report): [string, string][] {
  const all: [string, string | undefined][] = [
    ['Version', cluster.version],
    ['Wanted version', cluster.desiredVersion === cluster.version ? undefined : cluster.desiredVersion],
    ['Platform', cluster.platform],
    ['Topology', cluster.topology],
    ['Network', cluster.networkType],
    ['API VIPs', cluster.apiVIPs.join(', ')],
    ['Ingress VIPs', cluster.ingressVIPs.join(', ')],
    ['Machine networks', cluster.machineNetworks.join(', ')],
    ['Cluster id', cluster.id],
    [
      'Evidence covers',
      window.from === undefined || window.to === undefined ? undefined : timeRange(window.from, window.to),
    ],
    ['Gathered at', window.gatheredAt === undefined ? undefined : readableTime(window.gatheredAt)],
  ];
  return all.flatMap(([label, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[label, value]],
  );
}

/** The version history, as the timeline has it. */
function versions({ timeline }: Report): Content {
  const rows = timeline.filter(({ kind }) => kind === 'version').map(({ at, text }) => [readableTime(at), text]);
  return rows.length > 0 && html`<h3>Version history</h3>${tableOf('Version history', ['Time (UTC)', 'What'], rows)}`;
}

function clocks({ clockSkews = [] }: Report): Content {
  const rows = clockSkews.map((skew) => [html`<code>${skew.host}</code>`, skewInWords(skew), skew.because.join('; ')]);
  return rows.length > 0 && html`<h3>Clocks</h3>${tableOf('Clocks that are off', ['Host', 'Off by', 'Because'], rows)}`;
}

function nodes({ cluster }: Report): Html {
  const rows = cluster.nodes
    .toSorted((a, b) => Number(a.ready) - Number(b.ready))
    .map(({ name, roles, ready, version }) => [
      html`<code>${name}</code>`,
      roles.join(', '),
      ready ? 'ready' : html`<span class="bad">not ready</span>`,
      version,
    ]);
  const columns = ['Node', 'Roles', 'State', 'Version'];
  return rows.length > 30
    ? foldedTable(`All ${counted(rows.length, 'node')}`, columns, rows)
    : tableOf('Nodes', columns, rows);
}

function sinceCell(report: Report, since: string | undefined): string {
  if (since === undefined) return '';
  const ago = beforeGather(report, since);
  return ago === undefined ? readableTime(since) : `${readableTime(since)} (${ago})`;
}
