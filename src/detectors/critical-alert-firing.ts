import { defineDetector } from '../model/detector.ts';
import { CLUSTER, compareText } from '../model/entity.ts';
import { locateAll, read, readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { oldest, timeAt } from './objects/age.ts';

const SHOWN = 15;

/** Critical alerts that were firing at gather time, together in one finding. */
export const criticalAlertFiring = defineDetector({
  about: {
    id: 'critical-alert-firing',
    title: 'Critical alerts are firing',
    component: 'monitoring',
    severity: 'info',
    role: 'context',
    status: 'stable',
    summary: '{count} critical alert(s) were firing: {alerts}.',
    why: 'Alerts tell since when the cluster itself knew of a trouble. None firing proves little: monitoring may be down.',
    confirm: [
      {
        text: 'List the alerts',
        run: 'oc -n openshift-monitoring exec -c prometheus prometheus-k8s-0 -- promtool query instant http://localhost:9090 \'ALERTS{alertstate="firing",severity="critical"}\'',
        risk: 'safe',
      },
    ],
    references: ['https://github.com/openshift/runbooks/tree/master/alerts'],
  },
  needs: ['documents'],
  detect({ facts, report, noData }) {
    const documents = facts.documents.get('prometheus-rules') ?? [];
    if (documents.length === 0) return noData('the alert rules of Prometheus were not gathered');
    const seen = new Set<string>();
    const firing = documents.flatMap((document) =>
      locateAll(document.body, 'data.groups[*].rules[*].alerts[*]').flatMap(({ value, pointer }) => {
        if (readText(value, 'state') !== 'firing' || readText(value, 'labels.severity') !== 'critical') return [];
        const name = readText(value, 'labels.alertname') ?? 'unnamed';
        const key = JSON.stringify(read(value, 'labels'));
        if (seen.has(key)) return [];
        seen.add(key);
        const at = timeAt(value, 'activeAt');
        const where = ['namespace', 'node', 'name', 'pod'].flatMap(
          (label) => readText(value, `labels.${label}`) ?? [],
        )[0];
        const text = `alertname: ${name}${where === undefined ? '' : ` (${where})`}`;
        const evidence = {
          ...evidenceOf(document, '', { text, at }),
          pointer: document.pointer + pointer,
          line: document.lineOf(pointer),
        };
        return [{ name, at, evidence }];
      }),
    );
    if (firing.length === 0) return;
    const names = [...new Set(firing.map(({ name }) => name))].sort(compareText);
    const since = oldest(firing.map(({ at }) => at));
    report({
      title: `Critical alerts were firing: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
      confidence: CERTAIN,
      entities: [CLUSTER],
      ...(since !== undefined && { firstSeen: since }),
      count: firing.length,
      captures: { alerts: names.join(', ') },
      evidence: firing.slice(0, SHOWN).map(({ evidence }) => evidence),
    });
  },
});
