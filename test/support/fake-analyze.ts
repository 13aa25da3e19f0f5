import { InputError } from '../../src/model/errors.ts';
import type { Report } from '../../src/model/report.ts';
import { reportFixture } from './report-fixture.ts';

/** Stands in for the engine, so that the command line is tested alone. What it does depends on the first input's name. */
export async function analyze(inputs: readonly string[], options: Record<string, unknown>): Promise<Report> {
  const progress = options['progress'] as (p: object) => void;
  const stage = options['stage'] as (name: string) => void;
  stage('read');
  progress({ bytes: 10, total: 100, files: 1 });
  stage('detect');
  const report = reportFixture();
  const [first] = inputs;
  if (first === 'unreadable') throw new InputError('unreadable: no such\u001b[31m file\u0007');
  if (first === 'bug') throw new TypeError('undefined is not a function');
  if (first === 'warnings') {
    report.findings = report.findings.filter((finding) => finding.severity === 'warning');
    report.rootCauses = [];
  }
  if (first === 'options') {
    report.coverage.notes = [
      JSON.stringify({ inputs, signatureDirs: options['signatureDirs'], limits: options['limits'] }),
    ];
  }
  return report;
}
