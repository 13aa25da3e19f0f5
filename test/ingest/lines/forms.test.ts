import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/ingest/layout/classify.ts';
import { type ReadLog, readLog, stampText } from './read-log.ts';

/** What `journalctl -o FORM` of systemd 252 prints of one small journal of eight entries. */
function printed(form: string): string {
  return readFileSync(new URL(`./forms/${form}.txt`, import.meta.url), 'utf8');
}

const MLX = 'mlx5_core 0000:3b:00.1: mlx5_query_module_id:315:(pid 2871): query_mcia_reg failed: status: 0x3';

/** Seconds after 20:00:00, identifier, unit, process and lines of the message. */
const ENTRIES = [
  ['00.000000', 'kernel', 'kernel', undefined, [MLX]],
  [
    '01.250000',
    'kubenswrapper',
    'kubelet',
    2511,
    ['I1203 20:00:01.250000    2511 kubelet.go:2431] "SyncLoop ADD" source="api"'],
  ],
  ['02.500000', 'crio', 'crio', 1877, ['time="2024-12-03 20:00:02.500000000Z" level=info msg="Started container"']],
  [
    '03.000001',
    'systemd',
    'init.scope',
    1,
    ['machine-config-daemon-host.service: Main process exited, code=exited, status=1/FAILURE'],
  ],
  [
    '04.000000',
    'NetworkManager',
    'NetworkManager',
    1201,
    ['<info>  [1733256004.0000] device (ens1f1): state change: activated -> failed'],
  ],
  [
    '05.000000',
    'python3',
    'x',
    3001,
    ['Traceback (most recent call last):', 'File "/usr/bin/x", line 1', 'OSError: [Errno 5] Input/output error'],
  ],
  ['06.000000', 'kernel', 'kernel', undefined, [MLX]],
  ['07.000000', 'sshd', 'sshd', 4100, ['Accepted publickey for core from 192.0.2.7 port 40000: {"quoted": [1]}']],
] as const;

interface Form {
  readonly time: (second: string) => string;
  readonly names?: 'unit';
  readonly isStructured?: boolean;
}

const whole: Form = { time: (second) => `2024-12-03T20:00:${second.slice(0, 2)}Z` };
const precise: Form = { time: (second) => `2024-12-03T20:00:${fraction(second)}Z` };
const yearless: Form = { time: (second) => `yearless 12-03T20:00:${second.slice(0, 2)}Z` };
const sinceBoot: Form = {
  time: (second) => `monotonic ${Number(`287${40 + Number(second.slice(0, 2))}${second.slice(2)}`)}`,
};
const structured: Form = { ...precise, isStructured: true };

function fraction(second: string): string {
  return second.replace(/\.?0+$/, '');
}

const FORMS: Readonly<Record<string, Form>> = {
  short: yearless,
  'short-precise': { time: (second) => `yearless 12-03T20:00:${fraction(second)}Z` },
  'short-full': whole,
  'short-iso': whole,
  'short-iso-precise': precise,
  'short-unix': precise,
  'short-monotonic': sinceBoot,
  'short-delta': sinceBoot,
  'with-unit': { ...whole, names: 'unit' },
  verbose: structured,
  export: structured,
  json: structured,
  'json-pretty': structured,
  'json-sse': structured,
  'json-seq': structured,
};

function expected({ time, names }: Form, skip = 0): string[] {
  return ENTRIES.slice(skip).flatMap(([second, identifier, unit, pid, lines]) =>
    lines.map((line) => `${time(second)} | master-2 ${names === 'unit' ? unit : identifier} ${pid ?? '-'} | ${line}`),
  );
}

function told({ lines }: ReadLog): string[] {
  return lines
    .filter(({ decoded }) => decoded.identifier !== undefined)
    .map(({ decoded }) => {
      const { at, host, identifier, pid, message } = decoded;
      return `${stampText(at)} | ${host ?? '-'} ${identifier ?? '-'} ${pid ?? '-'} | ${message.trim()}`;
    });
}

function read(text: string | Buffer): ReadLog {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  expect(classify('pasted', bytes.subarray(0, 4096))).toMatchObject({ type: 'log', source: { kind: 'journal' } });
  return readLog(bytes, { source: { kind: 'journal' }, chunks: [13, 700] });
}

const each = (text: string, change: (line: string, index: number) => string): string =>
  `${text.split('\n').slice(0, -1).map(change).join('\n')}\n`;

/** What happens to a dump on its way. */
const WRAPPINGS: Readonly<Record<string, (text: string) => string | Buffer>> = {
  'as it is': (text) => text,
  'numbered by grep -n': (text) => each(text, (line, index) => `${index + 1}:${line}`),
  'numbered by grep -Hn': (text) => each(text, (line, index) => `node-2024-12.log:${index + 1}:${line}`),
  'numbered by cat -n': (text) => each(text, (line, index) => `${String(index + 1).padStart(6)}\t${line}`),
  indented: (text) => each(text, (line) => `    ${line}`),
  'quoted in a mail': (text) => each(text, (line) => `> ${line}`),
  'with a prompt': (text) => `[core@master-2 ~]$ journalctl\n${text}[core@master-2 ~]$ exit\n`,
  'in a fence of a mail': (text) => `Hello,\n\nthis is the log:\n\`\`\`\n${text}\`\`\`\n`,
  'with the line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'in UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'in UTF-16, the other byte first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'in UTF-16 without a mark': (text) => Buffer.from(text, 'utf16le'),
};

describe.each(Object.entries(FORMS))('journalctl -o %s', (name, form) => {
  const text = printed(name);
  // The length before a binary field does not survive what is done to lines and characters.
  const isBinary = name === 'export';

  it.each(Object.entries(WRAPPINGS))('%s', (how, wrap) => {
    if (isBinary && how !== 'as it is' && how !== 'in a fence of a mail') return;
    const log = read(wrap(text));
    expect(told(log).filter((line) => !line.includes('core@master-2 ~'))).toEqual(expected(form));
    const damaged = isBinary && how !== 'as it is' ? 1 : 0;
    expect(log.notes).toHaveLength(damaged);
  });

  it('newest first', () => {
    if (form.isStructured === true) return;
    const blocks = text.split(/\n(?! )/).filter((block) => block !== '');
    const log = read(`${blocks.toReversed().join('\n')}\n`);
    expect(told(log).toSorted()).toEqual(expected(form).toSorted());
  });

  it('with its head cut off', () => {
    const log = read(text.slice(text.indexOf('master-2') - 3));
    if (isBinary) return;
    const lines = told(log);
    expect(lines.slice(-9)).toEqual(expected(form, 1));
    if (form.isStructured === true) expect(log.notes).toEqual(['a.log: 1 journal entries could not be read']);
  });
});

describe('a dump with cut columns', () => {
  it.each([
    ['the date', (line: string) => line.slice('Dec 03 '.length), 0],
    ['the month', (line: string) => line.slice('Dec '.length), 0],
    ['all of the time', (line: string) => line.slice('Dec 03 20:00:00 '.length), 0],
  ])('without %s keeps host and writer', (_what, cut) => {
    const log = read(each(printed('short'), cut));
    expect(log.summary.format).toBe('journal-undated');
    expect(log.summary.hosts).toEqual([{ host: 'master-2' }]);
    const whole = expected(yearless).map((line) => line.replace(/^[^|]*/, 'none '));
    expect(told(log)).toEqual(whole);
  });

  it('keeps what stands before the cut', () => {
    const log = read(each(printed('short'), (line) => line.slice(0, 60)));
    expect(told(log)[0]).toBe(`yearless 12-03T20:00:00Z | master-2 kernel - | ${MLX.slice(0, 60 - 33)}`);
    expect(told(log)).toHaveLength(10);
  });

  it('says how many objects of JSON are no longer whole', () => {
    const cut = each(printed('json'), (line) => line.slice(0, 300));
    const log = readLog(cut, { source: { kind: 'journal' } });
    expect(log.lines).toEqual([]);
    expect(log.notes).toEqual(['a.log: 8 journal entries could not be read']);
  });
});

describe('a grepped dump', () => {
  it.each(['short', 'short-iso', 'short-full'])('of form %s with context', (name) => {
    const lines = printed(name).split('\n').slice(0, -1);
    const grepped = [`1:${lines[0]}`, `2-${lines[1]}`, '--', `9:${lines[8]}`, `10-${lines[9]}`].join('\n');
    const log = read(`${grepped}\n`);
    const all = expected(FORMS[name]!);
    expect(told(log)).toEqual([all[0], all[1], all[8], all[9]]);
    expect(log.lines.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('journals in JSON that jq has written', () => {
  const objects = printed('json')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as object);
  it.each([
    ['an array over many lines', JSON.stringify(objects, null, 2)],
    ['an array on one line', JSON.stringify(objects)],
    ['an array with an object on each line', `[\n${objects.map((object) => JSON.stringify(object)).join(',\n')}\n]`],
    ['objects over many lines', objects.map((object) => JSON.stringify(object, null, 2)).join('\n')],
  ])('%s', (_what, text) => {
    const log = read(`${text}\n`);
    expect(told(log)).toEqual(expected(structured));
    expect(log.notes).toEqual([]);
    for (const { line, decoded } of log.lines) {
      expect(text.split('\n')[line - 1]).toContain(
        JSON.stringify(decoded.message.slice(0, 9)).slice(1, -1).slice(0, 4),
      );
    }
  });

  it('an array that was cut says so', () => {
    const log = read(JSON.stringify(objects).slice(0, -40));
    expect(told(log)).toEqual(expected(structured).slice(0, -1));
    expect(log.notes).toEqual(['a.log: 1 journal entries could not be read']);
  });
});

describe('colours that journalctl was told to keep', () => {
  it('are no part of message, name or value', () => {
    const red = (text: string): string => `\u001b[0;1;31m\u001b[0;1;39m${text}\u001b[0m`;
    const short = each(printed('short-iso'), (line) => line.replace(/(?<=: ).*/, red));
    expect(told(read(short))).toEqual(expected(whole));
    const json = printed('json').replace(/"[^"]*"(?=[:,}])/g, (text) => `"${red(text.slice(1, -1))}"`);
    expect(told(read(json))).toEqual(expected(structured));
  });
});

describe('journalctl -o cat', () => {
  it('keeps the messages, and the times that they quote', () => {
    const { lines } = readLog(printed('cat'), { source: { kind: 'journal' } });
    expect(lines.map(({ decoded }) => decoded.message.trim())).toContain(MLX);
    expect(lines.every(({ decoded }) => decoded.host === undefined)).toBe(true);
  });
});
