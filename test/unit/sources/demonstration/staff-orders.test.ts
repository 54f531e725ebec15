import { describe, expect, it } from 'vitest';
import { anchorFor } from '#server/sources/demonstration/anchor.ts';
import { type BranchFact, createDemonstration } from '#server/sources/demonstration/demonstration.ts';
import type { StaffOrder } from '#server/sources/demonstration/staff-orders.ts';

const MINUTE = 60_000;
const anchor = anchorFor(Date.UTC(2026, 10, 20, 9));
const AT = anchor.startedAt;
const OCHOTA = 'ochota';
const WOLA = 'wola';

const order = (code: string, fields: Partial<StaffOrder> = {}): StaffOrder => ({
  id: 'm-1',
  lever: 'send',
  person: `${OCHOTA}:${code}`,
  code,
  name: code,
  home: OCHOTA,
  from: OCHOTA,
  to: WOLA,
  queues: [],
  at: AT + MINUTE,
  travelMs: 20 * MINUTE,
  endsAt: null,
  lunch: null,
  ...fields,
});

/** What is told of the next hours with these orders, in steps of a minute. */
async function told(orders: readonly StaffOrder[], minutes = 240): Promise<BranchFact[]> {
  const demonstration = await createDemonstration(anchor, 1);
  const agreed = { staff: orders, announcements: [] };
  demonstration.advanceTo(AT, agreed);
  return Array.from({ length: minutes }, (_, i) =>
    demonstration.advanceTo(AT + (i + 1) * MINUTE, agreed),
  ).flat();
}

const about = (facts: readonly BranchFact[], agent: string) =>
  facts.flatMap(({ branch, event }) =>
    'agent' in event && event.agent === agent ? [{ branch, event }] : [],
  );
const firstOf = (facts: ReturnType<typeof about>, branch: string, type: string): number =>
  facts.find((each) => each.branch === branch && each.event.type === type)?.event.at ?? NaN;

/** At a counter of their hall from 08:01 to 13:26; it is 11:00. */
const CODE = 'O01';
const SHIFT_ENDS = AT + 146 * MINUTE;

describe('people of the demonstration', () => {
  it('leave when the customer is served, serve in the other hall, and come back', async () => {
    const facts = await told([order(CODE, { endsAt: AT + 80 * MINUTE })]);
    const left = firstOf(about(facts, CODE), OCHOTA, 'agent.signedOut');
    const guest = about(facts, `${OCHOTA}:${CODE}`);
    const came = firstOf(guest, WOLA, 'agent.signedIn');
    expect(left).toBeGreaterThanOrEqual(AT + MINUTE);
    expect(came - left).toBeGreaterThanOrEqual(17 * MINUTE);
    expect(guest.filter(({ event }) => event.type === 'contact.started').length).toBeGreaterThan(1);
    const wentBack = firstOf(guest, WOLA, 'agent.signedOut');
    const home = firstOf(
      about(facts, CODE).filter(({ event }) => event.at > left),
      OCHOTA,
      'agent.signedIn',
    );
    expect(home - wentBack).toBeGreaterThanOrEqual(17 * MINUTE);
    const between = about(facts, CODE).filter(({ event }) => event.at > left && event.at < home);
    expect(between).toEqual([]);
  });

  it('turn back when they are called on the way', async () => {
    const facts = await told([order(CODE, { endsAt: AT + 5 * MINUTE })]);
    expect(about(facts, `${OCHOTA}:${CODE}`)).toEqual([]);
    const ways = about(facts, CODE).flatMap(({ event }) =>
      event.type === 'agent.signedIn' || event.type === 'agent.signedOut' ? [event.type] : [],
    );
    expect(ways).toEqual(['agent.signedOut', 'agent.signedIn', 'agent.signedOut']);
  });

  it('set off in time when nobody calls them back', async () => {
    const wentBack = firstOf(about(await told([order(CODE)]), `${OCHOTA}:${CODE}`), WOLA, 'agent.signedOut');
    expect(wentBack).toBeGreaterThan(AT + 90 * MINUTE);
    expect(wentBack).toBeLessThan(SHIFT_ENDS);
  });

  it('come from the back office, and go there again', async () => {
    const recalled = order('O91', { lever: 'recall', to: OCHOTA, travelMs: 8 * MINUTE });
    const facts = about(await told([recalled]), 'O91');
    const types = facts.map(({ event }) => event.type);
    expect(types.slice(0, 3)).toEqual(['agent.signedIn', 'agent.stateChanged', 'agent.signedIn']);
    expect(types.at(-1)).toBe('agent.signedOut');
    expect(types).toContain('contact.started');
  });

  it('do the same when the day is told anew', async () => {
    const orders = [order(CODE, { endsAt: AT + 60 * MINUTE })];
    const again = await createDemonstration(anchor, 1);
    const atOnce = again.advanceTo(AT + 240 * MINUTE, { staff: orders, announcements: [] });
    const ids = (facts: readonly BranchFact[]) =>
      facts
        .filter(({ branch, event }) => (branch === OCHOTA || branch === WOLA) && event.at > AT)
        .flatMap(({ event }) => (event.type === 'source.heartbeat' ? [] : [event.id]))
        .sort();
    expect(ids(atOnce)).toEqual(ids(await told(orders)));
  });
});
