import { defineDetector } from '../model/detector.ts';
import { reportFiring } from './monitoring/firing.ts';

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
  detect: (input) => reportFiring(input, 'critical', 'Critical alerts were firing'),
});
