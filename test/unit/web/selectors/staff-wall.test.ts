import { describe, expect, it } from 'vitest';
import type { StaffAheadRow, StaffQueueRow, StaffWallHead } from '#shared/staff-wall.ts';
import {
  backlogOf,
  longestWait,
  staffRequest,
  stepsAhead,
  waitStanding,
  worstFirst,
} from '#lib/selectors/staff-wall.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const NOW = 1_000 * QUARTER;

const queue = (
  id: string,
  waitedMinutes: number | null,
  over: Partial<StaffQueueRow> = {},
): StaffQueueRow => ({
  id,
  letter: id.toUpperCase(),
  nameZh: '',
  nameEn: '',
  waiting: waitedMinutes === null ? 0 : 1,
  oldestAt: waitedMinutes === null ? null : NOW - waitedMinutes * MINUTE,
  status: 'normal',
  breachProbability: null,
  targetSeconds: 600,
  ...over,
});

describe('queues of the staff wall', () => {
  it('stand worst first: by urgency with what is foretold, then by the wait against the target', () => {
    const rows = [
      queue('calm', 9),
      queue('slow', 12, { targetSeconds: 1_800 }),
      queue('ahead', 1, { breachProbability: 0.7 }),
      queue('late', 11, { status: 'breach' }),
    ];
    expect(worstFirst(rows, NOW).map(({ id }) => id)).toEqual(['late', 'ahead', 'calm', 'slow']);
  });

  it('tell of a backlog where one is late, or likely to be', () => {
    const backlog = (...rows: StaffQueueRow[]) => backlogOf(worstFirst(rows, NOW))?.id ?? null;
    expect(backlog(queue('calm', 9), queue('ahead', 1, { breachProbability: 0.7 }))).toBe('ahead');
    expect(
      backlog(queue('ahead', 1, { breachProbability: 0.7 }), queue('late', 11, { status: 'breach' })),
    ).toBe('late');
    expect(backlog(queue('calm', 9, { breachProbability: 0.3 }))).toBeNull();
  });

  it('tell the longest wait by how it stands against its own target', () => {
    const queues = worstFirst(
      [queue('slow', 12, { targetSeconds: 1_800 }), queue('near', 9), queue('none', null)],
      NOW,
    );
    const longest = longestWait(queues);
    expect(longest?.id).toBe('near');
    expect(longest && waitStanding(longest)).toBe('risk');
    expect(queues.map(waitStanding)).toEqual(['risk', 'normal', 'normal']);
    expect(longestWait(worstFirst([queue('none', null)], NOW))).toBeNull();
  });
});

describe('what the staff wall asks for', () => {
  const head = { open: 3, countersConfigured: 5 } as StaffWallHead;
  const step = (
    quarters: number,
    needed: number,
    expected: number,
    missing = Math.max(0, needed - expected),
  ): StaffAheadRow => {
    const from = NOW + quarters * QUARTER;
    return { id: String(from), from, needed, expected, missing };
  };

  it('counts those who are there now in the quarter-hour that runs, and forgets those that are over', () => {
    const steps = stepsAhead([step(1, 4, 4), step(-1, 9, 1), step(0, 4, 2)], 3, NOW + MINUTE);
    expect(steps.map(({ needed, expected }) => [needed, expected])).toEqual([
      [4, 3],
      [4, 4],
    ]);
  });

  it('counts who is missing in one group of counters though another has enough', () => {
    expect(staffRequest(head, [step(0, 3, 3, 1), step(1, 3, 3)])).toEqual({
      open: 1,
      breaksUntil: NOW + QUARTER,
    });
    const [opened] = stepsAhead([step(0, 3, 3, 1)], 4, NOW);
    expect(opened).toMatchObject({ expected: 4, missing: 0 });
    const [closed] = stepsAhead([step(0, 3, 3, 1)], 2, NOW);
    expect(closed).toMatchObject({ expected: 2, missing: 2 });
  });

  it('is counters as far as some are closed, and breaks staggered until the last gap is over', () => {
    expect(staffRequest(head, [step(0, 9, 3), step(1, 4, 3), step(2, 3, 3)])).toEqual({
      open: 2,
      breaksUntil: NOW + 2 * QUARTER,
    });
  });

  it('is nothing when nobody is missing, and unknown without a forecast', () => {
    expect(staffRequest(head, [step(0, 3, 3)])).toEqual({ open: 0, breaksUntil: null });
    expect(staffRequest(head, [])).toBeNull();
  });

  it('asks no hotline to open counters', () => {
    const hotline = { open: 3, countersConfigured: 0 } as StaffWallHead;
    expect(staffRequest(hotline, [step(0, 5, 3)])).toEqual({ open: 0, breaksUntil: NOW + QUARTER });
  });
});
