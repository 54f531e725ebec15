import { describe, expect, it } from 'vitest';
import { waitLaw } from '#server/domain/queueing/wait-law.ts';
import { meanWait, openingWait, planRatio } from '#server/domain/waits/queue-law.ts';

const LINE = { ahead: 4, capacity: 3, serviceRate: 1 / 300, abandonmentRate: 1 / 900, overtakingRate: 0 };

describe('the wait by theory', () => {
  it.each([0, 1, 7])('is the exact one with %d ahead and whole servers', (ahead) => {
    const { mean } = waitLaw({ ...LINE, servers: LINE.capacity, ahead });
    expect(meanWait({ ...LINE, ahead })).toBeCloseTo(mean, 9);
  });

  it('lies between two whole places in proportion', () => {
    const [two, three] = [meanWait({ ...LINE, ahead: 2 }), meanWait({ ...LINE, ahead: 3 })];
    expect(meanWait({ ...LINE, ahead: 2.25 })).toBeCloseTo(two + (three - two) / 4, 9);
  });

  it('grows by the part of the servers that those who overtake take away (Cobham 1954)', () => {
    const line = { ...LINE, abandonmentRate: 0 };
    expect(meanWait({ ...line, overtakingRate: 0.004 })).toBeCloseTo(meanWait(line) / (1 - 0.4), 6);
    expect(meanWait({ ...line, overtakingRate: 1 })).toBeCloseTo(meanWait(line) / 0.25, 6);
  });

  it('is longer when servers go by the plan, and shorter when they come', () => {
    expect(planRatio(LINE, [[0, 3]])).toBe(1);
    expect(
      planRatio(LINE, [
        [0, 3],
        [60, 1],
      ]),
    ).toBeGreaterThan(1.5);
    expect(
      planRatio(LINE, [
        [0, 3],
        [60, 6],
      ]),
    ).toBeLessThan(0.8);
  });

  it('takes changes of the plan relative to the servers that are there', () => {
    expect(
      planRatio(LINE, [
        [0, 5],
        [60, 3],
      ]),
    ).toBe(
      planRatio(LINE, [
        [0, 3],
        [60, 1],
      ]),
    );
  });

  it('never ends when the last server goes and nobody leaves', () => {
    const line = { ...LINE, capacity: 1, abandonmentRate: 0 };
    expect(
      planRatio(line, [
        [0, 1],
        [1, 0],
      ]),
    ).toBe(Infinity);
  });

  it('of a queue nobody serves yet lasts until the opening and then as long as the line', () => {
    const closed = { ...LINE, capacity: 0, abandonmentRate: 0 };
    expect(
      planRatio(closed, [
        [0, 0],
        [600, 2],
      ]),
    ).toBeNull();
    // Two of the five are taken at once.
    expect(
      openingWait(closed, [
        [0, 0],
        [600, 2],
      ]),
    ).toMatchObject({ closed: 600 });
    expect(
      openingWait(closed, [
        [0, 0],
        [600, 2],
      ])?.mean,
    ).toBeCloseTo(600 + 3 * 150, 6);
    expect(openingWait(closed, [[0, 0]])).toBeNull();
  });
});
