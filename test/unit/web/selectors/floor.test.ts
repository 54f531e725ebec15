import { describe, expect, it } from 'vitest';
import { alsoUrgent, headline, queueLine, queueOrder } from '#lib/selectors/floor.ts';
import type { QueueRow } from '#shared/views.ts';
import { floorHead, queueRow } from './rows.ts';

const NOW = 10_000_000;
const waited = (seconds: number): number => NOW - seconds * 1_000;
const lines = (...rows: QueueRow[]) => rows.map((row) => queueLine(row, NOW, true));

describe('a queue', () => {
  it('[WT2] shows the longest wait up to now and how much of its target that is', () => {
    const line = queueLine(queueRow('A', { oldestAt: waited(450), waiting: 3 }), NOW, true);
    expect(line).toMatchObject({ longestSeconds: 450, share: 0.5, waiting: 3 });
  });

  it('stands by what is foretold as long as that is fresh', () => {
    const outlook = { breachProbability: 0.7, breachAt: null, steps: [], madeAt: NOW - 60_000 };
    expect(queueLine(queueRow('A'), NOW, true, outlook)).toMatchObject({ status: 'breachAhead', outlook });
    const old = { ...outlook, madeAt: NOW - 3_600_000 };
    expect(queueLine(queueRow('A'), NOW, true, old)).toMatchObject({ status: 'normal', outlook: null });
    expect(queueLine(queueRow('A', { status: 'stale' }), NOW, true, outlook).outlook).toBeNull();
    expect(queueLine(queueRow('A'), NOW, false, outlook)).toMatchObject({ status: 'stale', outlook: null });
  });

  it('has no numbers when the connection is lost', () => {
    const row = queueRow('A', {
      status: 'breach',
      oldestAt: waited(450),
      waiting: 3,
      answered30: 50,
      slNumerator30: 40,
      slDenominator30: 50,
    });
    expect(queueLine(row, NOW, false)).toMatchObject({
      status: 'stale',
      waiting: null,
      longestSeconds: null,
      share: null,
      level: { value: null, n: 0 },
      outlook: null,
    });
  });
});

describe('order of queues', () => {
  it('is status first, then the share of the target that is used', () => {
    const order = queueOrder(
      lines(
        queueRow('calm', { oldestAt: waited(60) }),
        queueRow('gone', { status: 'stale' }),
        queueRow('worse', { status: 'breach', oldestAt: waited(1_800) }),
        queueRow('near', { status: 'risk', oldestAt: waited(800) }),
        queueRow('bad', { status: 'breach', oldestAt: waited(1_000) }),
      ),
    );
    expect(order).toEqual(['worse', 'bad', 'near', 'calm', 'gone']);
  });
});

describe('headline', () => {
  it('names the queue that is furthest past its target, whatever the absolute wait', () => {
    const long = queueRow('long', { status: 'breach', oldestAt: waited(1_000) });
    const short = queueRow('short', { status: 'breach', targetSeconds: 60, oldestAt: waited(300) });
    const told = headline(floorHead(), lines(long, short));
    expect(told).toMatchObject({ kind: 'wait', seconds: 300, line: { row: { id: 'short' } } });
  });

  it('names the service level when that is what is wrong', () => {
    const row = queueRow('A', {
      status: 'breach',
      oldestAt: waited(60),
      slNumerator30: 20,
      slDenominator30: 50,
    });
    expect(headline(floorHead(), lines(row))).toMatchObject({ kind: 'level', level: 0.4 });
  });

  it('names the service level of the whole place when no queue by itself is wrong', () => {
    const head = floorHead({ slNumerator30: 36, slDenominator30: 48 });
    const told = headline(head, lines(queueRow('A', { oldestAt: waited(60) })));
    expect(told).toMatchObject({ kind: 'whole', level: 0.75, standing: 'risk' });
  });

  it('says when all is normal, when nobody waits, when nothing is known, when it is closed', () => {
    expect(headline(floorHead(), lines(queueRow('A', { waiting: 2, oldestAt: waited(60) })))).toMatchObject({
      kind: 'normal',
      longest: { row: { id: 'A' } },
    });
    expect(headline(floorHead(), lines(queueRow('A'), queueRow('B'))).kind).toBe('nobody');
    expect(headline(floorHead(), lines(queueRow('A', { status: 'stale' }))).kind).toBe('unknown');
    expect(headline(floorHead({ status: 'closed' }), lines(queueRow('A'))).kind).toBe('closed');
    expect(headline(floorHead(), []).kind).toBe('noQueues');
  });

  it('the second line names the others in trouble, worst first', () => {
    const all = lines(
      queueRow('near', { status: 'risk', oldestAt: waited(800) }),
      queueRow('worst', { status: 'breach', oldestAt: waited(1_800) }),
      queueRow('bad', { status: 'breach', oldestAt: waited(1_000) }),
      queueRow('calm'),
    );
    expect(alsoUrgent(all, headline(floorHead(), all)).map(({ row }) => row.id)).toEqual(['bad', 'near']);
  });

  it('and says who may come to be in trouble, but of less than one chance in five nothing', () => {
    const ahead = (breachProbability: number) => ({
      breachProbability,
      breachAt: null,
      steps: [],
      madeAt: NOW,
    });
    const all = [
      queueLine(queueRow('calm', { waiting: 1 }), NOW, true, ahead(0.19)),
      queueLine(queueRow('possible', { waiting: 1 }), NOW, true, ahead(0.39)),
      queueLine(queueRow('likely', { waiting: 1 }), NOW, true, ahead(0.7)),
    ];
    const first = headline(floorHead(), all);
    expect(first).toMatchObject({ kind: 'normal', isForetold: true });
    expect(alsoUrgent(all, first).map(({ row }) => row.id)).toEqual(['likely', 'possible']);
  });
});
