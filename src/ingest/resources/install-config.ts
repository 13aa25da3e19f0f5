import type { Document } from '../../model/facts.ts';
import { type Fields, isFields, type Value } from '../../model/resource.ts';
import { own } from './identity.ts';
import { lineAt } from './line-index.ts';
import type { ReadObject } from './object-sink.ts';
import { setField } from './set-field.ts';
import { Unreadable } from './unsupported.ts';
import type { YamlUnit } from './yaml-splitter.ts';
import { readYamlText } from './yaml-text.ts';

const KEY = 'install-config';

/** Fields of an install-config or kubeconfig that hold credentials, wherever they stand. */
const SECRET = /^(?:pullSecret|sshKey|password|token|client-key-data|.*Password)$/;

/** Blanks the credentials of an install-config or a kubeconfig. The names and their order stay, and so does every line number. */
export function withoutSecrets(value: Value): Value {
  if (Array.isArray(value)) return value.map((item: Value) => withoutSecrets(item));
  if (!isFields(value)) return value;
  const kept: Record<string, Value> = {};
  for (const [key, field] of Object.entries(value)) {
    setField(kept, key, SECRET.test(key) && typeof field === 'string' ? '' : withoutSecrets(field));
  }
  return kept;
}

/**
 * What the cluster was installed with, out of the ConfigMap kube-system/cluster-config-v1, where it is a YAML text.
 * @param unit the ConfigMap's text, where it is YAML: lines of a literal block are told one by one.
 */
export function clusterConfigDocument(configMap: ReadObject, path: string, unit?: YamlUnit): Document | undefined {
  const data = own(configMap.body, 'data');
  const text = isFields(data) ? own(data as Fields, KEY) : undefined;
  if (typeof text !== 'string' || text === '') return undefined;
  const line = configMap.lineOf(`/data/${KEY}`);
  const literal = unit !== undefined && startsLiteral(unit, line);
  const bytes = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
  try {
    const { value, index } = readYamlText({ bytes, start: 0, end: bytes.length, line: literal ? line + 1 : line });
    const body = withoutSecrets(value);
    return {
      family: 'install-config',
      path,
      pointer: `${configMap.pointer}/data/${KEY}`,
      body,
      lineOf: literal ? (pointer) => lineAt(body, index, pointer) : () => line,
    };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Whether a `|` block begins in a line of the file. */
function startsLiteral(unit: YamlUnit, line: number): boolean {
  let at = unit.start;
  for (let current = unit.line; current < line; current++) {
    at = unit.bytes.indexOf(10, at) + 1;
    if (at === 0 || at >= unit.end) return false;
  }
  const stop = unit.bytes.indexOf(10, at);
  return /^\s*["']?install-config["']?:\s*\|[-+0-9]*\s*$/.test(
    unit.bytes.toString('latin1', at, Math.min(stop, at + 200)),
  );
}
