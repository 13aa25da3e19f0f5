import type { Finding } from './finding.ts';
import { formatDuration, formatTime } from './time.ts';

/**
 * Fills `{took.max}`, `{node}`, `{count}`, `{first}`, `{last}` and `{duration}` in a signature's text. A placeholder that
 * nothing fills is a question mark, and a node that no log names an unknown host.
 */
export function fill(template: string, finding: Finding): string {
  const values = placeholders(finding);
  return template.replaceAll(
    /\{([A-Za-z_][\w.-]*)\}/g,
    (_, name: string) => values.get(name) ?? (name === 'node' ? 'an unknown host' : '?'),
  );
}

/** Longest title that is made of captures. */
const LONGEST_TITLE = 160;

/** As `fill`, in one line; undefined where a placeholder stays empty or the whole gets too long for a title. */
export function fillTitle(template: string, finding: Finding): string | undefined {
  const values = placeholders(finding);
  const names = [...template.matchAll(/\{([A-Za-z_][\w.-]*)\}/g)].map((match) => match[1]!);
  if (names.some((name) => (values.get(name) ?? '').trim() === '')) return undefined;
  const title = fill(template, finding).replaceAll(/\s+/g, ' ');
  return title.length <= LONGEST_TITLE ? title : undefined;
}

/** What may stand in a shell command unquoted. */
const SHELL_SAFE = /^[A-Za-z0-9_./:@=,+][A-Za-z0-9_./:@=,+-]*$/;

/**
 * As `fill`, for a command that people paste into a shell. Values come from hostile logs: one that a shell could read as
 * anything but a word is shown as `<name>`. A NIC is named as its host knows it.
 */
export function fillCommand(template: string, finding: Finding): string {
  const values = placeholders(finding);
  return template.replaceAll(/\{([A-Za-z_][\w.-]*)\}/g, (_, name: string) => {
    const value = values.get(name);
    const shown = name === 'nic' || name === 'disk' ? value?.split('/').at(-1) : value;
    return shown !== undefined && SHELL_SAFE.test(shown) ? shown : `<${name}>`;
  });
}

function placeholders(finding: Finding): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(finding.captures)) {
    values.set(name, value);
    if (!values.has(`${name}.last`)) values.set(`${name}.last`, value);
  }
  // A capture that names an entity is shown by the entity's full name.
  for (const entity of finding.entities.toReversed()) {
    values.set(entity.kind === 'etcd-member' ? 'etcdMember' : entity.kind, entity.name);
  }
  values.set('count', String(finding.count));
  if (finding.firstSeen !== undefined) values.set('first', formatTime(finding.firstSeen));
  if (finding.lastSeen !== undefined) values.set('last', formatTime(finding.lastSeen));
  if (finding.firstSeen !== undefined && finding.lastSeen !== undefined) {
    values.set('duration', formatDuration(finding.lastSeen - finding.firstSeen));
  }
  return values;
}
