import { defineDetector } from '../model/detector.ts';
import { reportFiring } from './monitoring/firing.ts';

/** Warnings that fire on healthy clusters: what nobody has set up, what tests leave behind, what reminds of something. */
const EVERYDAY: ReadonlySet<string> = new Set([
  'AlertmanagerReceiversNotConfigured',
  'APIRemovedInNextEUSReleaseInUse',
  'APIRemovedInNextReleaseInUse',
  'CannotRetrieveUpdates',
  'ClusterNotUpgradeable',
  'InsightsDisabled',
  'InsightsRecommendationActive',
  'NoRunningOvnControlPlane',
  'PodSecurityViolation',
  'PrometheusDuplicateTimestamps',
  'SimpleContentAccessNotAvailable',
  'TelemeterClientFailures',
  'UpdateAvailable',
]);

/** Alerts of severity warning that were firing at gather time, together in one finding. */
export const warningAlertFiring = defineDetector({
  about: {
    id: 'warning-alert-firing',
    title: 'Warning alerts are firing',
    component: 'monitoring',
    severity: 'info',
    role: 'context',
    status: 'stable',
    summary: '{count} warning alert(s) were firing: {alerts}.',
    why: 'Warnings tell of troubles that may become faults: what is full, slow, missing or about to end. Those that fire on healthy clusters are left out.',
    confirm: [
      {
        text: 'List the alerts',
        run: 'oc -n openshift-monitoring exec -c prometheus prometheus-k8s-0 -- promtool query instant http://localhost:9090 \'ALERTS{alertstate="firing",severity="warning"}\'',
        risk: 'safe',
      },
    ],
    references: ['https://github.com/openshift/runbooks/tree/master/alerts'],
  },
  needs: ['documents'],
  detect: (input) => reportFiring(input, 'warning', 'Warning alerts were firing', (name) => !EVERYDAY.has(name)),
});
