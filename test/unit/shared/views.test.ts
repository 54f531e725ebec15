import { describe, expect, it } from 'vitest';
import { toSnapshot } from '#shared/delta.ts';
import { decodeView, encodeView } from '#shared/view-codec.ts';
import { SCHEMAS } from '#shared/view-schemas.ts';
import type { Suggestion } from '#shared/suggestions.ts';
import { VIEW_NAMES } from '#shared/views.ts';
import { createExpectedWaits } from '#server/domain/waits/expected-waits.ts';
import { NO_OUTLOOK } from '#server/live-branches.ts';
import { projections, projectRow } from '#server/publish/project.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, told } from '#test/support/profiles.ts';
import { steeringOf } from '#test/support/suggestions.ts';
import { overTheWire } from '#test/support/views.ts';

const SECRETS = ['李雷', 'agent-li', '家里有事', 'Han Meimei'];
/** A hall in which names and reasons are known. */
const profile = hall();
const { live } = given(profile)
  .events([
    told('10:00', 'agent.signedIn', { agent: 'agent-li', counter: 'c1', name: '李雷' }),
    told('10:00', 'agent.signedIn', { agent: 'agent-han', counter: 'c2', name: 'Han Meimei' }),
    told('10:01', 'contact.queued', { contact: 'k', queue: 'personal', ticket: 'A12' }),
    told('10:02', 'contact.called', { contact: 'k', counter: 'c1', agent: 'agent-li' }),
    told('10:03', 'contact.started', { contact: 'k', counter: 'c1', agent: 'agent-li' }),
    told('10:03', 'agent.stateChanged', { agent: 'agent-han', state: 'break', reason: '家里有事' }),
  ])
  .at('10:04');
const now = clock('10:04');

describe.each(VIEW_NAMES)('the schema of %s', (name) => {
  const { head, tables } = SCHEMAS[name];

  it('lists each field once', () => {
    for (const fields of [head, ...tables.map((table) => table.fields)]) {
      expect(new Set(fields).size).toBe(fields.length);
    }
    expect(new Set(tables.map((table) => table.name)).size).toBe(tables.length);
  });

  it('has what names a row first', () => {
    const ids = tables.map(({ fields }) => fields[0]);
    expect(ids).toEqual(name === 'customerWall' ? ['ticket', 'id', 'id'] : tables.map(() => 'id'));
  });
});

describe('views on the wire', () => {
  it.each(['floor', 'customerWall', 'staffWall'] as const)('%s comes back as it was', (name) => {
    const view = projections[name](live, profile, now, createExpectedWaits(), NO_OUTLOOK);
    expect(decodeView(name, overTheWire(toSnapshot(encodeView(name, view))))).toEqual(view);
  });

  it('row comes back as it was', () => {
    const view = {
      head: { scope: 'all', demo: false, zone: 'Asia/Shanghai' },
      tables: { branches: [projectRow(live, profile, now)] },
    };
    expect(decodeView('row', overTheWire(toSnapshot(encodeView('row', view))))).toEqual(view);
  });

  it('the floor shows names and reasons to those who run it', () => {
    const text = JSON.stringify(projections.floor(live, profile, now, createExpectedWaits(), NO_OUTLOOK));
    for (const secret of SECRETS) expect(text).toContain(secret);
  });

  it('[SF2] the customer wall shows tickets and counters only: no names, no reasons, no agents', () => {
    const view = projections.customerWall(live, profile, now, createExpectedWaits(), NO_OUTLOOK);
    expect(view.tables.calls).toEqual([{ ticket: 'A12', counter: '1', calledAt: clock('10:02') }]);
    const sent = JSON.stringify(toSnapshot(encodeView('customerWall', view)));
    for (const secret of [...SECRETS, 'agent-han']) expect(sent).not.toContain(secret);
  });

  it('[SF2] no field of the customer wall could carry one', () => {
    const { head, tables } = SCHEMAS.customerWall;
    expect(
      [head, ...tables.map(({ fields }) => fields)]
        .flat()
        .filter((field) => /agent|reason|customer/i.test(field)),
    ).toEqual([]);
    expect(tables.map(({ name }) => name)).toEqual(['calls', 'services', 'announcements']);
  });

  it('[SF2] the staff wall names nobody either', () => {
    const sent = JSON.stringify(
      toSnapshot(
        encodeView('staffWall', projections.staffWall(live, profile, now, createExpectedWaits(), NO_OUTLOOK)),
      ),
    );
    for (const secret of SECRETS) expect(sent).not.toContain(secret);
  });
});

describe('the customer wall', () => {
  it('shows the last five calls, and the services with whether a counter serves them', () => {
    const events = Array.from({ length: 7 }, (_, i) => [
      told('10:00', 'contact.queued', { contact: `k${i}`, queue: 'personal', ticket: `A${i}` }),
      told(clock('10:01') + i * 1_000, 'contact.called', { contact: `k${i}`, counter: 'c1' }),
    ]).flat();
    const waiting = told('10:02', 'contact.queued', { contact: 'w', queue: 'corporate' });
    const seen = given(profile)
      .events([...events, waiting])
      .at('10:03');
    const { tables } = projections.customerWall(
      seen.live,
      profile,
      clock('10:03'),
      createExpectedWaits(),
      NO_OUTLOOK,
    );
    expect(tables.calls.map(({ ticket }) => ticket)).toEqual(['A2', 'A3', 'A4', 'A5', 'A6']);
    expect(tables.services).toMatchObject([
      { id: 'personal', waiting: 0, wait: 'unsure', letter: 'A' },
      { id: 'corporate', waiting: 1, wait: 'unsure' },
    ]);
  });

  it('[GD5] tells what is announced from when accepting it cannot be undone until it is over', () => {
    const at = clock('10:00');
    const accepted = { option: 0, by: 'Wang', at, undoUntil: at + 10_000 };
    const announcedWhile = (status: Suggestion['status']) => {
      const suggestion = steeringOf('m1', at, { status, accepted });
      const basis = { branch: 'hall', queues: [], hall: { queues: [], groups: [] } };
      const moves = new Map([['m1', { suggestion, basis, facts: 2 }]]);
      return projections.customerWall({ ...live, moves }, profile, now, createExpectedWaits(), NO_OUTLOOK)
        .tables.announcements;
    };
    expect(announcedWhile('accepted')).toEqual([]);
    expect(announcedWhile('arrived')).toMatchObject([
      { id: 'm1', toMachines: false, hereMinutes: 34, thereMinutes: 19 },
    ]);
    expect(announcedWhile('returned')).toEqual([]);
    expect(announcedWhile('recalled')).toEqual([]);
  });

  it('[LV3] does not say how many wait when the source is silent', () => {
    const seen = given(profile)
      .events([told('10:00', 'contact.queued', { contact: 'w', queue: 'corporate' })])
      .at('10:06');
    const { tables } = projections.customerWall(
      seen.live,
      profile,
      clock('10:06'),
      createExpectedWaits(),
      NO_OUTLOOK,
    );
    expect(tables.services.find(({ id }) => id === 'corporate')?.waiting).toBeNull();
  });
});
