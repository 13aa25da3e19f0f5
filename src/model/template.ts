import type { Finding } from './finding.ts';
import { formatDuration, formatTime } from './time.ts';

/**
 * Fills `{took.max}`, `{node}`, `{count}`, `{first}`, `{last}` and `{duration}` in a signature's text. A placeholder that
 * nothing fills is left out with its braces.
 */
export function fill(template: string, finding: Finding): string {
  const values = placeholders(finding);
  return template.replaceAll(/\{([A-Za-z_][\w.-]*)\}/g, (_, name: string) => values.get(name) ?? '?');
}

function placeholders(finding: Finding): Map<string, string> {
  const values = new Map<string, string>();
  for (const entity of finding.entities.toReversed()) {
    values.set(entity.kind, entity.name);
    if (entity.kind === 'etcd-member') values.set('etcdMember', entity.name);
  }
  for (const [name, value] of Object.entries(finding.captures)) {
    values.set(name, value);
    if (!values.has(`${name}.last`)) values.set(`${name}.last`, value);
  }
  // A capture that names an entity is shown by the entity's full name.
  for (const entity of finding.entities.toReversed()) values.set(entity.kind, entity.name);
  values.set('count', String(finding.count));
  if (finding.firstSeen !== undefined) values.set('first', formatTime(finding.firstSeen));
  if (finding.lastSeen !== undefined) values.set('last', formatTime(finding.lastSeen));
  if (finding.firstSeen !== undefined && finding.lastSeen !== undefined) {
    values.set('duration', formatDuration(finding.lastSeen - finding.firstSeen));
  }
  return values;
}
