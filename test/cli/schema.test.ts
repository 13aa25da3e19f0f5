import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { reportFixture } from '../support/report-fixture.ts';
import { runCli } from '../support/run-cli.ts';

function schemaOf(what: string): Parameters<typeof z.fromJSONSchema>[0] & Record<string, unknown> {
  const { status, stdout, stderr } = runCli(['schema', what]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('inquest schema', () => {
  it('prints a JSON Schema that accepts reports, and only those', () => {
    const json = schemaOf('report');
    expect(json).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' });
    expect(json['required']).toContain('rootCauses');
    const schema = z.fromJSONSchema(json);
    expect(schema.safeParse(reportFixture()).error).toBeUndefined();
    expect(schema.safeParse({ ...reportFixture(), schemaVersion: 2 }).success).toBe(false);
    expect(schema.safeParse({ ...reportFixture(), generatedAt: 'yesterday' }).success).toBe(false);
  });

  it('prints a JSON Schema for signatures in which defaults may be left out', () => {
    const json = schemaOf('signature');
    expect(json['required']).toEqual(expect.arrayContaining(['id', 'title', 'match', 'tests']));
    expect(json['required']).not.toContain('when');
    expect(json['required']).not.toContain('confidence');
  });

  it('knows no other', () => {
    expect(runCli(['schema', 'cat']).status).toBe(2);
  });
});
