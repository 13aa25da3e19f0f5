/** How one kind of variable text is recognised in a line, and what stands for it in a pattern. */
export interface Recogniser {
  /** Sticky: tried at one place of the line. */
  readonly find: RegExp;
  /** Undefined: the text belongs to the wording, digits and all (`x509`). */
  readonly pattern?: string;
  /** Name of the capture, at its first place in the line. */
  readonly capture?: string;
  /** What a test case writes for a time. */
  readonly placeholder?: string;
}

const MONTHS = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const CLOCK = '\\d\\d:\\d\\d:\\d\\d';
const NAME = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?';
/** What stands between a field's name and its value: `pod="…"`, `node "…"`, `namespace/…`, `\"node\":\"…`. */
const JOINT = '(?:\\\\?"?[=:/ ] ?\\[?\\\\?"?)';

function sticky(source: string): RegExp {
  return new RegExp(source, 'y');
}

function times(): Recogniser[] {
  return [
    {
      find: sticky(`\\d{4}-\\d\\d-\\d\\d[T ]${CLOCK}(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?`),
      pattern: '[\\d-]{10}[T ][\\d:.,]{8,20}(?:Z|[+-][\\d:]{4,5})?',
      placeholder: '{iso}',
    },
    {
      find: sticky(`${MONTHS} [ \\d]\\d ${CLOCK}(?:\\.\\d+)?`),
      pattern: '\\w{3} [ \\d]\\d [\\d:.]{8,20}',
      placeholder: '{short}',
    },
    { find: sticky(`(?<=\\b[IWEF])\\d{4} ${CLOCK}\\.\\d+`), pattern: '\\d{4} [\\d:.]{8,20}', placeholder: '{klog}' },
    { find: sticky('(?<=\\[ *)\\d+\\.\\d{6}(?=\\])'), pattern: '\\d{1,12}\\.\\d{6}', placeholder: '{seconds}' },
    { find: sticky(`${CLOCK}(?:\\.\\d+)?`), pattern: '[\\d:.]{8,20}' },
  ];
}

function named(fields: string, value: string, capture: string, pattern = value): Recogniser {
  return { find: sticky(`(?<=\\b(?:${fields})${JOINT})${value}`), pattern, capture };
}

function entities(): Recogniser[] {
  return [
    named('pods?|podName', `${NAME}/${NAME}`, 'pod', '[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}'),
    named('pods?|podName', `${NAME}-${NAME}`, 'pod', '[a-z0-9.-]{1,253}'),
    named('node|nodeName|hostname', `${NAME}[.\\d-]${NAME}`, 'node', '[a-z0-9][a-z0-9.-]{0,252}'),
    named('namespace', `(?:openshift|kube)-${NAME}|default`, 'namespace', '[a-z0-9-]{1,63}'),
    named('clusteroperators?|ClusterOperator|clusterOperator', NAME, 'operator', '[a-z0-9-]{1,63}'),
    named('[Vv][Ii][Pp]s?', '(?:\\d{1,3}\\.){3}\\d{1,3}', 'vip', '[0-9a-fA-F.:]{3,39}'),
    { find: sticky('\\bcsr-[a-z0-9]{5}\\b'), pattern: 'csr-[a-z0-9]{5}', capture: 'csr' },
    {
      find: sticky('(?:[\\w-]+\\.[\\w.-]+(?::\\d+)?/)[\\w./-]*[\\w](?:@sha256:[0-9a-f]{64}|:[\\w.-]*\\w)'),
      pattern: '[^\\s"\\\\,]{5,300}',
      capture: 'image',
    },
    { find: sticky('[\\w@-]+(?=\\.service\\b)'), pattern: '[\\w@.-]{1,100}', capture: 'unit' },
    {
      find: sticky('[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]'),
      pattern: '[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]',
      capture: 'nic',
    },
    { find: sticky('\\b(?:nvme\\d+n\\d+|[sv]d[a-z]{1,2}\\d*|dm-\\d+)\\b'), pattern: '[\\w-]{2,20}', capture: 'disk' },
    { find: sticky('\\b(?:en[ops]|eth|bond)[a-z0-9]*\\d\\b'), pattern: '[\\w.-]{2,20}', capture: 'nic' },
  ];
}

/** Words that hold digits and always read the same. */
const WORDS = [
  'x509',
  'http2',
  'oauth2',
  'ipv[46]',
  'mlx[45]_\\w+',
  'e1000e?',
  'i40e',
  'ext[34]',
  'x86_64',
  'amd64',
  'arm64',
  'sha256',
  'base64',
  'k8s',
  'v\\d(?:(?:alpha|beta)\\d)?',
].join('|');

function values(): Recogniser[] {
  return [
    { find: sticky('[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'), pattern: '[0-9a-f-]{36}' },
    { find: sticky('(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}'), pattern: '[0-9a-fA-F:]{17}' },
    { find: sticky('(?:\\d{1,3}\\.){3}\\d{1,3}'), pattern: '[\\d.]{7,15}', capture: 'ip' },
    { find: sticky('(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}'), pattern: '[0-9a-fA-F:]{3,39}', capture: 'ip' },
    // Names of API groups stay: `config.openshift.io` is wording.
    {
      find: sticky(
        '\\b(?![\\w.-]*\\.(?:openshift|k8s|kubernetes|coreos|redhat)\\.)[a-z0-9-]+(?:\\.[a-z0-9-]+)+\\.[a-z]{2,}\\b',
      ),
      pattern: '[\\w.-]{4,253}',
    },
    { find: sticky('0x[0-9a-fA-F]+'), pattern: '0x[0-9a-fA-F]{1,16}' },
    { find: sticky('\\b(?=[a-f]*\\d)[0-9a-f]{12,64}\\b'), pattern: '[0-9a-f]{12,64}' },
    { find: sticky('\\b[a-z0-9-]+-[a-z0-9]{8,10}-[a-z0-9]{5}\\b'), pattern: '[a-z0-9.-]{5,253}' },
    { find: sticky(`\\b(?:${WORDS})\\b`) },
    { find: sticky('(?:\\d+(?:\\.\\d+)?(?:ns|us|µs|ms|s|m|h))+\\b'), pattern: '[\\dhmnsuµ.]{2,30}' },
    { find: sticky('\\d+(?:\\.\\d+)*'), pattern: '\\d[\\d.]{0,30}' },
  ];
}

/** In the order in which they are tried at each place of a line. */
export const RECOGNISERS: readonly Recogniser[] = [...times(), ...entities(), ...values()];
