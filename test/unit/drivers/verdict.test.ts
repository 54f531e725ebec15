import { describe, expect, it } from 'vitest';
import type { DriverFacts } from '#shared/drivers.ts';
import { type Evidence, judge } from '#server/domain/drivers/verdict.ts';

const FACTS: DriverFacts = {
  arrivals: { actual: 130, expected: 100 },
  handling: { actual: 330, expected: 300 },
  counters: { actual: 3, expected: 4, against: 'usual' },
  handled: 90,
};
const usually = ({ expected }: { expected: number }) => ({ actual: expected, expected });
const only = (driver: 'arrivals' | 'handling' | 'counters'): DriverFacts => ({
  arrivals: driver === 'arrivals' ? FACTS.arrivals : usually(FACTS.arrivals),
  handling: driver === 'handling' ? { actual: 400, expected: 300 } : usually(FACTS.handling),
  counters: driver === 'counters' ? FACTS.counters : { ...usually(FACTS.counters), against: 'usual' },
  handled: 90,
});
/** Ten minutes where four are usual; six are to be explained. */
const SLOW: Evidence = {
  measuredSeconds: 600,
  usualSeconds: 240,
  answered: 80,
  scatterSeconds: 40,
  parts: { arrivals: 300, handling: 20, counters: 20, rest: 20 },
  facts: only('arrivals'),
  days: 6,
};

describe('judge', () => {
  it('names the largest cause first, and others that make a quarter of it', () => {
    const parts = { arrivals: 110, handling: 70, counters: 150, rest: 30 };
    expect(judge({ ...SLOW, parts, facts: FACTS })).toEqual({
      verdict: 'slowNotBusy',
      causes: ['counters', 'arrivals'],
      message: 'slowByCountersAgainstUsual',
    });
  });

  it('does not call slow what is within the scatter of usual days, or under half a minute', () => {
    expect(judge({ ...SLOW, scatterSeconds: 200 }).verdict).toBe('busyNotSlow');
    expect(judge({ ...SLOW, measuredSeconds: 29, usualSeconds: 0, scatterSeconds: 0 }).verdict).toBe(
      'busyNotSlow',
    );
    expect(judge({ ...SLOW, scatterSeconds: 200, facts: only('handling') }).verdict).toBe('usual');
  });

  it('takes waits to scatter like their mean where usual days happen to be alike', () => {
    const alike = { ...SLOW, usualSeconds: 300, measuredSeconds: 480, scatterSeconds: 0 };
    expect(judge(alike).verdict).toBe('busyAndSlow');
    expect(judge({ ...alike, answered: 9 }).verdict).toBe('busyNotSlow');
  });

  it('does not name a difference below its own standard error', () => {
    const parts = { arrivals: 20, handling: 300, counters: 20, rest: 20 };
    const longer = (actual: number, handled: number) =>
      judge({ ...SLOW, parts, facts: { ...only('handling'), handling: { actual, expected: 300 }, handled } });
    expect(longer(330, 200).causes).toEqual(['handling']);
    expect(longer(330, 50)).toEqual({ verdict: 'unknown', causes: [], message: 'slowUnexplained' });
    const some = { ...only('arrivals'), arrivals: { actual: 105, expected: 100 } };
    expect(judge({ ...SLOW, facts: some }).causes).toEqual([]);
    const late = { ...only('counters'), counters: { actual: 3.8, expected: 4, against: 'usual' as const } };
    expect(judge({ ...SLOW, facts: late, parts: { ...parts, counters: 300 } }).causes).toEqual([]);
  });

  it('says that it does not know when most is left over', () => {
    const parts = { arrivals: 150, handling: 0, counters: 0, rest: 210 };
    expect(judge({ ...SLOW, parts })).toEqual({
      verdict: 'unknown',
      causes: ['arrivals'],
      message: 'slowUnexplained',
    });
  });

  it('says nothing of four people', () => {
    expect(judge({ ...SLOW, answered: 4 })).toEqual({
      verdict: 'unknown',
      causes: [],
      message: 'tooFewAnswered',
    });
  });
});
