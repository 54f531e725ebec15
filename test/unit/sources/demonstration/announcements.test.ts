import { describe, expect, it } from 'vitest';
import type { Announcement } from '#server/sources/demonstration/announcements.ts';
import { type BranchFact, createDemonstration } from '#server/sources/demonstration/demonstration.ts';
import { recordedHalls } from '#server/sources/demonstration/recorded.ts';
import { isDead } from '#server/sources/demonstration/dead-office.ts';
import { PLACES } from '#server/sources/demonstration/places.ts';

const MINUTE = 60_000;
const AT = Date.UTC(2026, 5, 10, 11);
const anchor = { startedAt: AT, offsetHours: 0 };

/** The two busiest queues of two halls, of which one takes customers of the other. */
const [crowded, quiet] = PLACES.flatMap(({ id, office }) => {
  const recorded = recordedHalls().find((hall) => hall.office === office);
  if (recorded === undefined || isDead(recorded)) return [];
  const queues = recorded.groups.flatMap((group) => group.queues);
  const total = ({ arrivals }: (typeof queues)[number]): number => arrivals.reduce((sum, n) => sum + n, 0);
  const [queue] = queues.sort((a, b) => total(b) - total(a));
  return queue === undefined ? [] : [{ branch: id, queue: queue.id, arrivals: total(queue) }];
}).sort((a, b) => b.arrivals - a.arrivals);
if (crowded === undefined || quiet === undefined) throw new Error('no halls');

const announcement = (fields: Partial<Announcement> = {}): Announcement => ({
  ...{
    id: 'm-1',
    branch: crowded.branch,
    queue: crowded.queue,
    share: 0.5,
    followers: 9,
    from: AT,
    to: AT + 60 * MINUTE,
  },
  elsewhere: { branch: quiet.branch, queue: quiet.queue, wayMs: 12 * MINUTE },
  ...fields,
});

async function told(announcements: readonly Announcement[], stepMinutes = 1): Promise<BranchFact[]> {
  const demonstration = await createDemonstration(anchor, 1);
  demonstration.advanceTo(AT, { staff: [], announcements: [] });
  return Array.from({ length: 120 / stepMinutes }, (_, i) =>
    demonstration.advanceTo(AT + (i + 1) * stepMinutes * MINUTE, { staff: [], announcements }),
  ).flat();
}

const arrivals = (facts: readonly BranchFact[], at: { branch: string; queue: string }) =>
  facts.filter(
    ({ branch, event }) =>
      branch === at.branch && event.type === 'contact.queued' && event.queue === at.queue,
  );
const within = (facts: readonly BranchFact[], from: number, to: number) =>
  facts.filter(({ event }) => event.at >= AT + from * MINUTE && event.at < AT + to * MINUTE);

describe('customers of the demonstration', () => {
  it('follow an announcement as far as their share, and queue in the other hall after the way', async () => {
    const [before, after] = [await told([]), await told([announcement()])];
    const usual = within(arrivals(before, crowded), 0, 60).length;
    const left = within(arrivals(after, crowded), 0, 60).length;
    expect(usual).toBeGreaterThan(10);
    expect(left).toBeLessThan(0.75 * usual);
    expect(left).toBeGreaterThan(0.25 * usual);
    const guests = arrivals(after, quiet).filter(
      ({ event }) => 'contact' in event && event.contact.startsWith('guest-'),
    );
    expect(guests.length).toBe(usual - left);
    expect(within(guests, 0, 12)).toEqual([]);
    // Once it is over everybody queues here again.
    const later = (facts: readonly BranchFact[]) => within(arrivals(facts, crowded), 60, 120).length;
    expect(later(after)).toBe(later(before));
  });

  it('are nowhere told of who use a machine, and the same however the day is stepped through', async () => {
    const atMachine = announcement({ elsewhere: null });
    const facts = await told([atMachine]);
    expect(arrivals(facts, quiet).length).toBe(arrivals(await told([]), quiet).length);
    const ids = (list: readonly BranchFact[]) =>
      list.map(({ branch, event }) => `${branch} ${event.id}`).filter((id) => !id.includes('beat'));
    const [fine, coarse] = [await told([announcement()]), await told([announcement()], 30)];
    expect(new Set(ids(coarse))).toEqual(new Set(ids(fine)));
  });
});
