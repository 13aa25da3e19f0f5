import { stringify } from 'yaml';

/** YAML as Go writes it: keys sorted, lists flush with their key, times and booleans in text quoted, lines folded at 80. */
export function goYaml(value: unknown): string {
  return stringify(value, {
    version: '1.1',
    sortMapEntries: true,
    indentSeq: false,
    lineWidth: 80,
    aliasDuplicateObjects: false,
  });
}
