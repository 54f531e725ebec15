import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { benchWaits } from '#server/cli/bench/waits.ts';
import { judgeWaits } from '#server/cli/bench/waits/judge-waits.ts';
import { UsageError } from '#server/cli/result.ts';
import { clock } from '#test/support/profiles.ts';
import { madeQueue } from './made-queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-waits-'));
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/recordings/${name}`, import.meta.url));
const written = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};

afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

async function resultOf(file: string): Promise<Record<string, unknown>> {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await benchWaits(file);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('bench waits', () => {
  it('says how well the waits of a recording were foretold', async () => {
    const facts = madeQueue(
      {
        agents: 5,
        arrivalRate: 1 / 30,
        serviceRate: 1 / 180,
        abandonmentRate: 1 / 300,
        seconds: 20 * 3_600,
        seed: 2,
      },
      clock('06:00'),
    );
    const file = written(
      'made.ndjson',
      facts.map((fact) => JSON.stringify({ ...fact, branch: 'hotline' })),
    );
    const result = await resultOf(file);
    expect(result).toMatchObject({ ok: true, dataset: 'made.ndjson', seed: null, rejected: {} });
    expect(result.contacts).toBeGreaterThan(500);
    const { ours, les, hol, ql } = result.rrase as Record<string, number>;
    for (const error of [ours, les, hol, ql]) expect(error).toBeGreaterThan(0);
    expect(ours).toBeLessThan(0.7 * (les ?? 0));
    const mae = result.maeSeconds as Record<string, number>;
    expect(mae.ours).toBeLessThan(mae.les ?? 0);
    expect(result.coverage80).toBeGreaterThan(0.75);
    expect(result.coverage80).toBeLessThan(0.85);
    expect(process.exitCode).toBe(0);
  });

  it('reads a normalised calls file, and counts what it set aside', async () => {
    const result = await resultOf(fixture('calls.csv'));
    expect(result.contacts).toBe(27);
    expect(result.rejected).toEqual({ left_in_ivr: 2 });
  });

  it.each([
    ['a file that is not there', () => join(folder, 'none.csv'), /cannot read/],
    ['a file of another kind', () => written('other.csv', ['a,b', '1,2']), /none of/],
    [
      'a file without the columns',
      () => written('short.csv', ['call_id,queue', '1,q']),
      /columns are missing/,
    ],
    ['a level feed', () => fixture('level-feed.csv'), /names no contacts/],
    [
      'a file in which nobody waited',
      () =>
        written('calm.csv', [
          'call_id,queue,queue_enter_time,wait_s,outcome',
          '1,q,1999-01-01T10:00:00,0,served',
        ]),
      /nobody in it waited/,
    ],
  ])('refuses %s in one sentence', async (_, file, sentence) => {
    await expect(benchWaits(file())).rejects.toThrow(sentence);
    await expect(benchWaits(file())).rejects.toBeInstanceOf(UsageError);
  });
});

describe('judging', () => {
  it('keeps branches apart, each with its own experience', async () => {
    const law = {
      agents: 3,
      arrivalRate: 1 / 60,
      serviceRate: 1 / 150,
      abandonmentRate: 0,
      seconds: 3 * 3_600,
      seed: 8,
    };
    const facts = madeQueue(law, clock('08:00'));
    const alone = await judgeWaits(facts.map((event) => ({ branch: 'a', event })));
    const both = await judgeWaits(facts.flatMap((event) => ['a', 'b'].map((branch) => ({ branch, event }))));
    expect(both.waits).toHaveLength(2 * alone.waits.length);
    expect(both.waits.filter((_, i) => i % 2 === 0).map(({ said }) => said)).toEqual(
      alone.waits.map(({ said }) => said),
    );
  });
});
