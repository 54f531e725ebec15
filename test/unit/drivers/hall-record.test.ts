import { describe, expect, it } from 'vitest';
import { type HallRows, layoutOf } from '#server/domain/drivers/hall-layout.ts';
import { recordHall } from '#server/domain/drivers/hall-record.ts';
import { agentRow, counterRow, NINE, QUARTER, queueRow } from '#test/support/history-rows.ts';
import { hall } from '#test/support/profiles.ts';

const NO_ROWS: HallRows = { queues: [], agents: [], counters: [] };
const open = (id: string, shareOfQuarter: number, start = NINE) =>
  counterRow(
    {
      spentMs: {
        serving: 0,
        wrapUp: 0,
        idle: shareOfQuarter * QUARTER,
        paused: 60_000,
        closed: 0,
        faulted: 0,
      },
    },
    { id, start },
  );
const queues = [queueRow({ offered: 3 }, { id: 'personal' }), queueRow({ offered: 2 }, { id: 'corporate' })];

describe('layoutOf', () => {
  it('puts queues together that a counter serves both of', () => {
    const counters = [open('c1', 1), open('c2', 1), open('c9', 0)];
    const apart = hall({
      counters: [
        { id: 'c1', label: '1', queues: ['personal'] },
        { id: 'c2', label: '2', queues: ['corporate'] },
        { id: 'c9', label: '9', queues: ['personal', 'corporate'] },
      ],
    });
    expect(layoutOf(apart, [{ ...NO_ROWS, queues, counters }]).pools).toEqual([
      { queues: ['personal'], counters: new Set(['c1']) },
      { queues: ['corporate'], counters: new Set(['c2']) },
    ]);
    expect(layoutOf(hall(), [{ ...NO_ROWS, queues, counters }]).pools).toHaveLength(1);
  });

  it('goes by agents where no counter is known to be open', () => {
    const spentMs = { ...agentRow({}).sums.spentMs, serving: 300_000, available: 150_000, break: 450_000 };
    const rows = {
      queues,
      agents: [agentRow({ spentMs }), agentRow({ spentMs }, { id: 'li' })],
      counters: [],
    };
    const layout = layoutOf(hall(), [rows]);
    expect(layout).toMatchObject({ servedBy: 'agents', pools: [{ queues: ['corporate', 'personal'] }] });
    expect(recordHall(layout, rows, NINE, 1).slots[0]?.servers).toEqual([1]);
  });

  it('leaves out visits of no queue where there are queues', () => {
    const unnamed = queueRow({ offered: 1 }, { id: '' });
    expect(layoutOf(hall(), [{ ...NO_ROWS, queues: [...queues, unnamed] }]).queues).not.toContain('');
    expect(layoutOf(hall(), [{ ...NO_ROWS, queues: [unnamed] }]).queues).toEqual(['']);
  });
});

describe('recordHall', () => {
  it('takes the work of each slot, and the counters open on average', () => {
    const sums = {
      offered: 5,
      answered: 4,
      waitSeconds: 300,
      abandoned: 1,
      abandonWaitSeconds: 20,
      handled: 3,
    };
    const times = {
      answerTimes: 3,
      answerSeconds: 15,
      serviceSeconds: 900,
      wrapUpSeconds: 30,
      holdSeconds: 5,
    };
    const rows = {
      ...NO_ROWS,
      queues: [
        queueRow({ ...sums, ...times }, { start: NINE + QUARTER }),
        queueRow({ offered: 9 }, { start: 0 }),
      ],
      counters: [open('c1', 1, NINE + QUARTER), open('c2', 0.5, NINE + QUARTER)],
    };
    const { slots, unknownQueues } = recordHall(layoutOf(hall(), [rows]), rows, NINE, 2);
    expect(slots[0]?.queues[0]?.arrivals).toBe(0);
    expect(slots[1]).toEqual({
      queues: [
        {
          ...{ arrivals: 5, answered: 4, waitSeconds: 300, abandoned: 1, abandonWaitSeconds: 20 },
          ...{ handled: 3, workSeconds: 945 },
        },
      ],
      servers: [1.5],
    });
    expect(unknownQueues.size).toBe(0);
  });

  it('knows nothing of a queue of which only a level feed told', () => {
    const rows = {
      ...NO_ROWS,
      queues: [
        queueRow({ observedSeconds: 900, observedWaitingSeconds: 1_800 }),
        queueRow({ offered: 1 }, { id: 'b' }),
      ],
    };
    expect(recordHall(layoutOf(hall(), [rows]), rows, NINE, 1).unknownQueues).toEqual(new Set(['q']));
  });
});
