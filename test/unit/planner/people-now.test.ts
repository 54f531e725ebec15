import { describe, expect, it } from 'vitest';
import { StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';
import { peopleNow } from '#server/planner/suggestions/people-now.ts';
import { newBranch } from '#server/domain/live-branch.ts';
import { NOTHING_AGREED } from '#server/domain/queueing/agreed-change.ts';
import { decideMove } from '#server/domain/staffing/decide-move.ts';
import { given } from '#test/support/given.ts';
import { hall } from '#test/support/profiles.ts';
import { proposed } from '../staffing/given-suggestion.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const north = hall({ id: 'north', zone: 'UTC' });
const agent = { home: 'north', skills: ['general'], shift: { from: '09:00', to: '18:00' }, pool: 'all' };
const input: StaffingWorldInput = {
  branches: ['north', 'south'].map((id) => ({
    id,
    region: 'city',
    pools: [{ id: 'all', queues: ['q1', 'q2'], skill: 'general' }],
    counters: [{ id: '1' }, { id: '2' }],
  })),
  agents: [
    { ...agent, id: 'n1', code: 'A1' },
    { ...agent, id: 'office', backOffice: true },
    { ...agent, id: 'late', shift: { from: '13:00', to: '18:00' } },
    { ...agent, id: 'absent' },
    { ...agent, id: 'lunching', breaks: [{ kind: 'lunch', from: '11:45', minutes: 30 }] },
  ],
};
const world = StaffingWorld.parse(input);
const live = newBranch(north);
given(north, live).events([
  { id: '1', at: NOON - MINUTE, type: 'agent.signedIn', agent: 'A1', counter: '1' },
  { id: '2', at: NOON - MINUTE, type: 'counter.opened', counter: '1', agent: 'A1' },
]);
const hallOf = (id: string) =>
  id === 'north' ? { live, profile: north, agreed: NOTHING_AGREED } : undefined;
const look = (...moves: Parameters<typeof peopleNow>[2]) => peopleNow(world, hallOf, moves, NOON);

describe('people as the planner sees them', () => {
  it('are at their counters, in the back office, expected later, or not there', () => {
    const { people } = look();
    expect(people.map(({ duty, branch, pool, backIn }) => [duty, branch, pool, backIn])).toEqual([
      ['counter', 0, 0, 0],
      ['backOffice', 0, -1, 0],
      ['away', -1, 0, 60],
      ['away', -1, -1, 0],
      ['away', -1, 0, 15],
    ]);
    expect(people[0]).toMatchObject({ shiftEndsIn: 360, movesToday: 0, restedMinutes: Infinity });
  });

  it('are nowhere while their hall cannot be believed', () => {
    const { people } = peopleNow(world, () => undefined, [], NOON);
    expect(people.every(({ duty }) => duty === 'away')).toBe(true);
  });

  it('[GD3] are on the way once a move is accepted, and have moved', () => {
    const { move, tell } = proposed();
    const calm = { isFresh: true, isTaken: () => false };
    const accepted = decideMove(move(), { do: 'accept', option: 0 }, 'Li', NOON - MINUTE, calm);
    if (!('fact' in accepted)) throw new Error('refused');
    tell(accepted.fact);
    const { people, pastMoves } = look(move());
    expect(people[0]).toMatchObject({ duty: 'moving', branch: 1, pool: 1, backIn: 19, movesToday: 1 });
    expect(pastMoves).toEqual([{ from: 0, to: 1, minutesAgo: 1 }]);
  });
});
