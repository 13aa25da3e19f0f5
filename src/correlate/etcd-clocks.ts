import type { Names } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { ClockSkew } from '../model/report.ts';
import { isFields, readList } from '../model/resource.ts';
import { type Duration, formatDuration, SECOND } from '../model/time.ts';

const SIGNATURE = 'etcd-clock-difference';
const PEER = /remote-peer-id\\*":\\*"(?<id>[0-9a-f]{1,16})\\*"/;
/** Time on the way and the half of the measure that rounding leaves open. */
const ROUNDING: Duration = SECOND;

/** How far an etcd member found its clock ahead of a peer's. It warns of nothing else: who is behind says nothing. */
export interface PeerDifference {
  readonly host: string;
  readonly against: string;
  readonly ahead: Duration;
  readonly uncertainty: Duration;
  readonly samples: number;
}

/** What etcd members measured of one another's clocks, where the member list names the peer. */
export function peerDifferences(
  findings: readonly Finding[],
  documents: AllFacts['documents'],
  names: Names,
): PeerDifference[] {
  const members = memberNames(documents);
  return findings
    .filter(({ signature }) => signature === SIGNATURE)
    .flatMap(({ entities, captures, evidence, count }): PeerDifference[] => {
      const host = entities.find(({ kind }) => kind === 'node')?.name;
      const peers = new Set(evidence.map(({ text }) => PEER.exec(text)?.groups?.['id']));
      const [id] = peers;
      const peer = id === undefined ? undefined : members.get(Number(BigInt(`0x${id}`)));
      const [low, usual, high] = ['min', 'p50', 'max'].map((of) => seconds(captures[`drift.${of}`]));
      if (host === undefined || peer === undefined || peers.size > 1) return [];
      if (low === undefined || usual === undefined || high === undefined || usual <= 0) return [];
      const uncertainty = Math.max(ROUNDING, high - usual, usual - low);
      return [{ host, against: names.node(peer), ahead: usual, uncertainty, samples: count }];
    })
    .sort((a, b) => compareText(a.host, b.host) || compareText(a.against, b.against));
}

/** By id, as a double: the list has ids of 64 bits as numbers, and they are rounded alike. */
function memberNames(documents: AllFacts['documents']): Map<number, string> {
  const members = (documents.get('etcd-member-list') ?? []).flatMap(({ body }) => readList(body, 'members'));
  return new Map(
    members.flatMap((member): [number, string][] => {
      if (!isFields(member)) return [];
      const { ID, name } = member;
      return ID !== undefined && typeof name === 'string' ? [[Number(ID), name]] : [];
    }),
  );
}

function seconds(text: string | undefined): Duration | undefined {
  const match = /^(\d+(?:\.\d+)?) s$/.exec(text ?? '');
  return match === null ? undefined : Number(match[1]) * SECOND;
}

export function wordDifferences(differences: readonly PeerDifference[]): ClockSkew[] {
  return differences.map(({ host, against, ahead, uncertainty, samples }) => ({
    host,
    against,
    skewMs: ahead / 1000,
    uncertaintyMs: uncertainty / 1000,
    samples,
    because: [`etcd on ${host} measured ${formatDuration(ahead)} more on its clock than on that of ${against}`],
  }));
}
