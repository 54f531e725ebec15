import { describe, expect, it } from 'vitest';
import type { Outcome } from '#server/domain/branch/outcome.ts';
import { growingHistory } from '#server/cli/bench/warnings/growing-history.ts';
import { completeProfiles } from '#server/network.ts';
import { createForesight } from '#server/planner/foresight.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const QUARTER = 900_000;
/** A Thursday; the month before begins on a Tuesday. */
const FIRST = Date.UTC(2026, 9, 1);
const TUESDAY = 2;

const [hall] = completeProfiles([
  {
    id: 'hall',
    name: { zh: '厅', en: 'Hall' },
    region: { id: 'east', name: { zh: '东', en: 'East' } },
    hours: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00' }],
    queues: [
      { id: 'a', letter: 'A', name: { zh: '甲', en: 'A' }, targetSeconds: 600, thresholdSeconds: 600 },
    ],
    counters: ['1', '2', '3', '4', '5'].map((id) => ({ id, label: id })),
  },
]);
if (hall === undefined) throw new Error('no hall');
const profile = hall;

/** Five-minute services at three open counters; so many come in a quarter-hour, on Tuesdays from 10 to 13 more. */
function historyOf(weeks: number, perQuarter: number, onTuesdays: number) {
  const history = growingHistory();
  for (let day = FIRST - weeks * 7 * DAY; day < FIRST + 10 * DAY; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    for (let at = day + 9 * HOUR; at < day + 17 * HOUR; at += QUARTER) {
      const hour = (at - day) / HOUR;
      const come = weekday === TUESDAY && hour >= 10 && hour < 13 ? onTuesdays : perQuarter;
      const outcomes: Outcome[] = ['1', '2', '3'].map((counter) => ({
        ...{ kind: 'counterSpent', counter, activity: 'serving', from: at, to: at + QUARTER },
      }));
      for (let i = 0; i < come; i++) {
        outcomes.push({ kind: 'offered', queue: 'a', at });
        outcomes.push({
          ...{ kind: 'handled', queue: 'a', at, serviceSeconds: 300, holdSeconds: 0 },
          ...{ agent: null, counter: '1' },
        });
      }
      history.add(profile, outcomes);
    }
  }
  return createForesight([profile], history.reader);
}
const asked = { branch: 'hall', at: FIRST + 12 * DAY };

describe('the note of a month [GD1]', () => {
  it('says where the weeks before had too few counters open, with the figures behind it', async () => {
    const note = await historyOf(5, 4, 12).monthlyNote(asked);
    expect(note).toMatchObject({ branch: 'hall', month: '2026-10', weeks: 4, weeksNeeded: 4 });
    const [first, ...others] = note.notes;
    expect(first).toMatchObject({ weekday: 1, fromHour: 10, toHour: 13, usual: 3 });
    expect(first?.change).toBeGreaterThanOrEqual(1);
    expect(first?.needed).toBeGreaterThan(4);
    expect(first?.arrivals).toBeGreaterThan(40);
    expect(others.every(({ change }) => change < 0)).toBe(true);
  });

  it('says where even a busy day needs fewer', async () => {
    const { notes } = await historyOf(5, 1, 1).monthlyNote(asked);
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.every(({ change, usual }) => change < 0 && usual === 3)).toBe(true);
  });

  it('waits until four weeks before the month are known', async () => {
    const note = await historyOf(3, 4, 12).monthlyNote(asked);
    expect(note).toMatchObject({ weeks: 3, notes: [], firstMonth: '2026-11' });
  });

  it('says for which month the first is due', async () => {
    const firstMonth = async (begins: string, today: string): Promise<string | null> => {
      const history = growingHistory();
      for (let at = Date.parse(`${begins}T10:00Z`); at <= Date.parse(`${today}T10:00Z`); at += DAY)
        history.add(profile, [
          { kind: 'counterSpent', counter: '1', activity: 'serving', from: at, to: at + QUARTER },
          { kind: 'offered', queue: 'a', at },
        ]);
      const foresight = createForesight([profile], history.reader);
      return (await foresight.monthlyNote({ branch: 'hall', at: Date.parse(`${today}T12:00Z`) })).firstMonth;
    };
    expect(await firstMonth('2026-09-05', '2026-09-20')).toBe('2026-10');
    expect(await firstMonth('2026-09-15', '2026-09-20')).toBe('2026-11');
    expect(await firstMonth('2026-08-01', '2026-09-20')).toBeNull();
  });

  it('is the same on every day of the month', async () => {
    const foresight = historyOf(5, 4, 12);
    const later = await foresight.monthlyNote({ ...asked, at: FIRST + 28 * DAY });
    expect(await foresight.monthlyNote(asked)).toEqual(later);
  });
});
