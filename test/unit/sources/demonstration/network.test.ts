import { describe, expect, it } from 'vitest';
import { NetworkFile } from '#shared/network.ts';
import { anchorFor } from '#server/sources/demonstration/anchor.ts';
import { demonstrationNetwork } from '#server/sources/demonstration/network.ts';
import { recordedHalls } from '#server/sources/demonstration/recorded.ts';

const { branches } = NetworkFile.parse({ branches: demonstrationNetwork(anchorFor(Date.UTC(2026, 10, 22))) });

describe('demonstrationNetwork', () => {
  it('has the 21 recorded halls and a hotline, each once and marked as a demonstration', () => {
    expect(branches).toHaveLength(22);
    expect(new Set(branches.map(({ id }) => id)).size).toBe(22);
    expect(recordedHalls()).toHaveLength(21);
    expect(branches.every(({ demo }) => demo)).toBe(true);
    expect(branches.filter(({ channel }) => channel === 'hall')).toHaveLength(21);
  });

  it('keeps names short and letters apart within a hall', () => {
    for (const { queues } of branches) {
      expect(queues.length).toBeGreaterThan(0);
      expect(new Set(queues.map(({ letter }) => letter)).size).toBe(queues.length);
      expect(new Set(queues.map(({ name }) => name.zh)).size).toBe(queues.length);
      for (const { name } of queues) {
        expect([...name.zh].length).toBeLessThanOrEqual(8);
        expect(name.en.length).toBeLessThanOrEqual(24);
      }
    }
  });

  it('gives every queue a counter that serves it, where there are counters', () => {
    for (const { queues, counters } of branches.filter((branch) => branch.counters.length > 0)) {
      const served = new Set(counters.flatMap((counter) => counter.queues));
      expect(queues.map(({ id }) => id).filter((id) => !served.has(id))).toEqual([]);
    }
  });
});
