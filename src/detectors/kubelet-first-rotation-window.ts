import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import { readList } from '../model/resource.ts';
import { formatDuration, HOUR } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { timeAt } from './objects/age.ts';

/** The first kubelet client certificates live for less than a day and are renewed at 70 to 90 % of it. */
const FROM = 16 * HOUR;
const TO = 26 * HOUR;

/** The gather falls into the hours in which a new cluster renews its first kubelet certificates. */
export const kubeletFirstRotationWindow = defineDetector({
  about: {
    id: 'kubelet-first-rotation-window',
    title: 'Cluster is in its first kubelet certificate rotation',
    component: 'certificates',
    severity: 'info',
    role: 'context',
    status: 'stable',
    causes: [
      {
        effect: 'kubelet-client-cert-expired',
        join: ['cluster'],
        strength: 'weak',
        because: 'in these hours every kubelet needs a signer, an approver and a reachable API',
      },
    ],
    summary: 'The cluster was {age} old when the gather was taken: its first kubelet certificates are due.',
    why:
      'Kubelets start with a certificate of less than 24 hours. A cluster whose API, approver or signer fails in that time, or that is switched off, ' +
      'comes out of it with kubelets that have no valid certificate.',
    confirm: [
      {
        text: 'See when the certificate of a node ends',
        run: 'ssh core@NODE sudo openssl x509 -enddate -noout -in /var/lib/kubelet/pki/kubelet-client-current.pem',
        risk: 'safe',
      },
    ],
    collect: ['the end dates of the kubelet certificates on every node'],
  },
  needs: ['ClusterVersion'],
  detect({ facts, gatheredAt, report, noData }) {
    const version = facts.ClusterVersion[0];
    const oldest = readList(version?.body, 'status.history').length - 1;
    const path = `status.history[${oldest}].startedTime`;
    const started = oldest < 0 ? undefined : timeAt(version?.body, path);
    if (version === undefined || started === undefined || gatheredAt === undefined)
      return noData('the age of the cluster is unknown');
    const age = gatheredAt - started;
    if (age < FROM || age > TO) return;
    report({
      title: `Cluster was ${formatDuration(age)} old, within its first kubelet certificate rotation`,
      confidence: CERTAIN,
      entities: [CLUSTER],
      firstSeen: started + FROM,
      captures: { age: formatDuration(age) },
      evidence: [evidenceOf(version, path, { at: started })],
    });
  },
});
