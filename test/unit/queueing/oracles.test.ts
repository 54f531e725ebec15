import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OracleFile, readOracles } from '#server/cli/oracle/read-oracles.ts';
import { runOracles } from '#server/cli/oracle/run-oracles.ts';
import { UsageError } from '#server/cli/result.ts';

const FIXTURE = join(import.meta.dirname, '../../fixtures/oracles.json');
const WHOLE = join(import.meta.dirname, '../../../../shared/oracles/oracles.json');

const quiet = () => undefined;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-oracles-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const written = (text: string): string => {
  const file = join(folder, 'oracles.json');
  writeFileSync(file, text);
  return file;
};

describe('the queueing functions', () => {
  it('agree with the extract of oracle cases', async () => {
    const report = runOracles(await readOracles(FIXTURE), quiet);
    expect(report).toMatchObject({ ok: true, failed: [], cases: 43, reported: 43, published: 4 });
    expect(new Set(report.notCovered.map(({ field }) => field))).toEqual(new Set(['truncationRate']));
  });

  it.skipIf(!existsSync(WHOLE))(
    'agree with every oracle case',
    async () => {
      const report = runOracles(await readOracles(WHOLE), quiet);
      expect(report).toMatchObject({ ok: true, failed: [], reported: report.cases });
    },
    300_000,
  );
});

describe('the oracle runner', () => {
  const one = (change: Partial<OracleFile['cases'][number]>): OracleFile => ({
    published: [],
    unreadable: [],
    cases: [
      {
        id: 'b',
        kind: 'erlangB',
        input: { servers: 1, offeredLoad: 1 },
        expected: { pBlock: 0.5 },
        relTol: 1e-9,
        absTol: 0,
        ...change,
      },
    ],
  });

  it('names a figure that is off', () => {
    const report = runOracles(one({ expected: { pBlock: 0.4 } }), quiet);
    expect(report.ok).toBe(false);
    expect(report.failed).toEqual([{ id: 'b', field: 'pBlock', expected: 0.4, got: 0.5 }]);
    expect(report.worstRelativeError.erlangB).toBeCloseTo(0.25, 12);
  });

  it('fails a case that cannot be computed, with the reason', () => {
    const { ok, failed } = runOracles(one({ input: { servers: -1, offeredLoad: 1 } }), quiet);
    expect(ok).toBe(false);
    expect(failed).toEqual([
      { id: 'b', field: '', expected: null, got: expect.stringContaining('servers') as string },
    ]);
    expect(runOracles(one({ input: {} }), quiet).failed[0]?.got).toContain('input servers');
  });

  it('says what it does not cover', () => {
    const kind = runOracles(one({ kind: 'tandem' }), quiet);
    expect(kind).toMatchObject({
      ok: false,
      cases: 1,
      reported: 0,
      notCovered: [{ kind: 'tandem', cases: 1 }],
    });
    const field = runOracles(one({ expected: { pBlock: 0.5, variance: 1 } }), quiet);
    expect(field).toMatchObject({
      ok: true,
      figures: 1,
      notCovered: [{ kind: 'erlangB', field: 'variance' }],
    });
  });

  it('checks printed figures in their own unit', () => {
    const printed = {
      source: 'a page',
      kind: 'erlangC',
      input: { servers: 2, lambda: 1, mu: 1, T: 1 },
      published: { eWaitSeconds: 20 },
      checkAbsTol: 0.1,
    };
    const report = (published: OracleFile['published']) =>
      runOracles({ cases: [], published, unreadable: [] }, quiet);
    expect(report([printed]).ok).toBe(true);
    const wrong = { ...printed, published: { eWaitSeconds: 21 } };
    expect(report([wrong]).failed).toMatchObject([{ id: 'published-1', field: 'eWait' }]);
    expect(report([{ ...printed, kind: 'tandem' }]).notCovered).toMatchObject([{ kind: 'tandem' }]);
  });

  it.each([
    ['no JSON', 'not json', /is not JSON/],
    ['another format', '{"schema":"x","cases":[]}', /not an oracle file: schema/],
  ])('refuses %s', async (_, text, message) => {
    const reading = readOracles(written(text));
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(message);
  });

  it('runs the other cases when some are none', async () => {
    const [good] = one({}).cases;
    const cases = [{ ...good, id: 'a', relTol: undefined }, 'rubbish', good];
    const read = await readOracles(written(JSON.stringify({ schema: 'qconsole-oracles/1', cases })));
    const report = runOracles(read, quiet);
    expect(report).toMatchObject({ ok: false, cases: 3, reported: 1, figures: 1 });
    expect(report.failed).toMatchObject([
      { id: 'a', got: expect.stringContaining('relTol') as string },
      { id: 'cases[1]', got: expect.stringContaining('object') as string },
    ]);
  });

  it.each([
    ['a kind that is named like something else', { kind: 'toString' }, { reported: 0 }],
    ['nothing to compare', { expected: { pBlock: null } }, { reported: 1, failed: [{ id: 'b', field: '' }] }],
    ['more servers than can be', { input: { servers: 1e12, offeredLoad: 1 } }, { failed: [{ id: 'b' }] }],
  ])('says so of %s', (_, change, expected) => {
    expect(runOracles(one(change), quiet)).toMatchObject({ ok: false, ...expected });
  });

  it('needs no tolerance where a figure is exact', () => {
    const { ok, worstRelativeError } = runOracles(one({ relTol: 0 }), quiet);
    expect(ok).toBe(true);
    expect(worstRelativeError.erlangB).toBe(0);
  });

  it('refuses a file that is not there', async () => {
    await expect(readOracles(join(folder, 'none.json'))).rejects.toThrow(/cannot read/);
  });
});
