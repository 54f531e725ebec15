import { describe, expect, it } from 'vitest';
import { waitingList } from '#server/domain/waits/waiting-list.ts';
import { clock, hotline, told } from '#test/support/profiles.ts';
import { followed } from './followed.ts';
import { madeQueue } from './made-queue.ts';

const LAW = {
  agents: 2,
  arrivalRate: 1 / 70,
  serviceRate: 1 / 120,
  abandonmentRate: 1 / 900,
  seconds: 2 * 3_600,
  seed: 7,
};
const START = clock('08:00');
const END = START + LAW.seconds * 1_000;

/** A line of four after two hours of experience: the third of them has priority, the first missed the call. */
function line() {
  const place = followed(hotline({ expectedSeconds: 1_000, channel: 'hall' }));
  place.tell(madeQueue(LAW, START));
  place.tell(
    [...(place.state.queues.get('q')?.waiting.keys() ?? [])].map((contact) =>
      told(END, 'contact.abandoned', { contact }),
    ),
  );
  place.tell([
    told(END + 1_000, 'contact.queued', { contact: 'a', queue: 'q', ticket: 'A001' }),
    told(END + 2_000, 'contact.queued', { contact: 'b', queue: 'q', ticket: 'A002' }),
    told(END + 3_000, 'contact.queued', { contact: 'c', queue: 'q', ticket: 'V001', priority: 5 }),
    told(END + 4_000, 'contact.queued', { contact: 'd', queue: 'q' }),
    told(END + 5_000, 'contact.called', { contact: 'a' }),
    told(END + 6_000, 'contact.missed', { contact: 'a' }),
  ]);
  return waitingList(place.at(END + 7_000), 'q');
}

describe('the list of those who wait', () => {
  it('has them in the order of service, with what their ticket says', () => {
    expect(line().map(({ ticket, priority }) => [ticket, priority])).toEqual([
      ['V001', 5],
      ['A002', 0],
      [null, 0],
      ['A001', 0],
    ]);
  });

  it('says who missed a call, and nothing of how long they take', () => {
    expect(line().map(({ missed }) => missed)).toEqual([false, false, false, true]);
    expect(line().at(-1)).toMatchObject({ p50Seconds: null, p80Seconds: null, none: null });
  });

  it('says how much longer for each: never less for who comes later, and a range', () => {
    const waits = line()
      .filter(({ missed }) => !missed)
      .map(({ p50Seconds, p80Seconds }) => [p50Seconds ?? NaN, p80Seconds ?? NaN] as const);
    expect(waits.every(([p50, p80]) => p50 >= 0 && p80 >= p50)).toBe(true);
    expect(waits.map(([p50]) => p50)).toEqual(waits.map(([p50]) => p50).toSorted((x, y) => x - y));
  });

  it('is empty where nobody waits, and in a queue that is not known', () => {
    expect(waitingList(followed(hotline()).at('09:00'), 'q')).toEqual([]);
    expect(waitingList(followed(hotline()).at('09:00'), 'elsewhere')).toEqual([]);
  });
});
