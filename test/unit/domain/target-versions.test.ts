import { describe, expect, it } from 'vitest';
import { Definition } from '#shared/network.ts';
import { changesBy, stateOf, targetsOf } from '#server/domain/metrics/target-versions.ts';
import { clock, hall, hotline } from '#test/support/profiles.ts';

const version = (changes: object): Definition => Definition.parse({ validFrom: '2026-04-01', ...changes });

describe('[AS3] one more version of the targets', () => {
  it('tells each promise it changes, and which queues stay as they are', () => {
    const own = hall({ definitions: [version({ queue: 'personal', targetSeconds: 60 })] });
    expect(changesBy(version({ targetSeconds: 120, serviceLevelTarget: 0.8 }), [own])).toEqual({
      changes: [{ branch: 'hall', queue: 'corporate', field: 'targetSeconds', from: 600, to: 120 }],
      changesInAll: 1,
      queuesChanged: 1,
      queuesSame: 1,
    });
  });

  it('concerns the branches and queues it names', () => {
    const places = [hall(), hotline()];
    const changed = (changes: object) =>
      changesBy(version(changes), places).changes.map(({ branch, queue }) => `${branch}/${queue}`);
    expect(changed({ branch: 'hall', targetSeconds: 1 })).toEqual(['hall/personal', 'hall/corporate']);
    expect(changed({ queue: 'corporate', targetSeconds: 1 })).toEqual([
      'hall/corporate',
      'hotline/corporate',
    ]);
    expect(changed({ branch: 'nowhere', targetSeconds: 1 })).toEqual([]);
  });

  it('comes, holds, and is over once later ones say all it says', () => {
    const first = version({ validFrom: '2026-04-01', targetSeconds: 1, thresholdSeconds: 2 });
    const second = version({ validFrom: '2026-05-01', targetSeconds: 3 });
    const third = version({ validFrom: '2026-06-01', thresholdSeconds: 4 });
    const elsewhere = version({ validFrom: '2026-04-02', queue: 'a', targetSeconds: 1, thresholdSeconds: 1 });
    const all = [first, second, third, elsewhere];
    expect(stateOf(first, all, '2026-03-31')).toBe('coming');
    expect(stateOf(first, all, '2026-04-01')).toBe('holds');
    expect(stateOf(first, all, '2026-05-31')).toBe('holds');
    expect(stateOf(first, all, '2026-06-01')).toBe('over');
    expect(stateOf(second, all, '2026-06-01')).toBe('holds');
  });

  it('shows what holds, since when, and what comes next', () => {
    const profile = hall({
      definitions: [
        version({ validFrom: '2026-03-01', targetSeconds: 300 }),
        version({ validFrom: '2026-03-03', queue: 'personal', targetSeconds: 240 }),
      ],
    });
    const [personal, corporate] = targetsOf(profile, clock('12:00'));
    expect(personal).toMatchObject({
      queue: 'personal',
      since: '2026-03-01',
      now: { targetSeconds: 300 },
      next: { from: '2026-03-03', is: { targetSeconds: 240 } },
    });
    expect(corporate?.next).toBeNull();
  });
});
