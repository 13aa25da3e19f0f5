import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.ts';
import { hostileFolder } from './hostile-folder.ts';

const folder = hostileFolder();

const SECRETS = {
  'a bearer token': 'Authorization: Bearer sha256~Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0',
  'a token of a service account':
    'eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJlc2lnbmF0dXJl',
  'a pull secret': '{"auths":{"quay.io":{"auth":"b3BlbnNoaWZ0OnBhc3N3b3JkcGFzc3dvcmQ="}}}',
  'the password of kubeadmin': 'Login to the console with user: kubeadmin, password: aB3dE-fG4hJ-kL5mN-pQ6rS',
  'a password in an address': 'https://admin:hunter2hunter2@bmc.example.com/redfish/v1',
  'a key of a cloud':
    'aws_access_key_id=AKIAIOSFODNN7EXAMPLE aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const WORDS = [
  'sha256~Zm9vYmFy',
  'c2lnbmF0dXJlc2lnbmF0dXJl',
  'b3BlbnNoaWZ0OnBhc3N3b3JkcGFzc3dvcmQ',
  'fG4hJ-kL5mN',
  'hunter2',
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI',
];

/** What does something when it is printed: moves the cursor, sets the title, links, reorders, opens a tag or a formula. */
const ACTS = [
  '\u001b[2J\u001b[H',
  '\u001b]0;owned\u0007',
  '\u001b]8;;https://evil.example/\u0007click\u001b]8;;\u0007',
  '\u009b31m',
  '\u202eevil',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '[click](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '=HYPERLINK("https://evil.example")',
  '| a | b |\n',
];

const LINE = 'time="2026-01-15T10:00:00Z" level=fatal msg="waiting for Kubernetes API: context deadline exceeded';
const LOG = [...Object.values(SECRETS), ...ACTS].map((text) => `${LINE} ${text}"`).join('\n');

/** Sequences that the terminal format writes itself, when it is asked for colours and links. */
const FORMATS = ['terminal', 'json', 'markdown', 'html', 'postmortem', 'summary'];

describe.each(FORMATS)('the format %s', (format) => {
  it('prints no secret, and nothing that acts', () => {
    const log = folder.file('install.log', LOG);
    const { status, stdout } = runCli(['analyze', log, '--format', format, '--width', '400'], { engine: true });
    expect(status).toBe(0);
    expect(stdout).toContain('context deadline exceeded');
    for (const word of WORDS) expect(stdout).not.toContain(word);
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    if (format === 'json') expect(() => JSON.parse(stdout)).not.toThrow();
    else expect(stdout).not.toMatch(/<script>alert|<img src=x/);
    if (format !== 'html' && format !== 'json' && format !== 'terminal') {
      expect(stdout).not.toMatch(/(?<!\\)!\[x\]\(https/);
    }
  });
});

it('what is said of bad arguments does nothing either', () => {
  const { status, stderr } = runCli(['analyze', 'no\u001b[2Jsuch\u202efile']);
  expect(status).toBe(2);
  expect(stderr).not.toMatch(/[\u001b\u202e]/);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
