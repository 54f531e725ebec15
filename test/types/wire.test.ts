/** Types are checked by the compiler (`npm run check:types`); what runs here is what only a run can tell. */
import type { Server, Socket as ServerSocket } from 'socket.io';
import type { Socket } from 'socket.io-client';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Patch, ViewSchema } from '#shared/delta.ts';
import {
  type EventOf,
  type LogEvent,
  type LoggedEvent,
  SourceEvent,
  type SourceEventType,
} from '#shared/events.ts';
import { type Ack, FAILURES, type FailureCode } from '#shared/failure.ts';
import type { Ages, ClientEvents, ServerEvents, WatchRequest, WatchState } from '#shared/protocol.ts';
import { SCHEMAS } from '#shared/view-schemas.ts';
import type { CustomerWallHead, CallRow, ServiceRow } from '#shared/customer-wall.ts';
import type { View, ViewName } from '#shared/views.ts';
import type { Outcome } from '#server/domain/branch/outcome.ts';

/** Every type of fact, told apart by the compiler: a new one must be added here, or this does not compile. */
const EVERY_TYPE: Record<SourceEventType, true> = {
  'contact.queued': true,
  'contact.called': true,
  'contact.missed': true,
  'contact.started': true,
  'contact.held': true,
  'contact.resumed': true,
  'contact.transferred': true,
  'contact.ended': true,
  'contact.abandoned': true,
  'contact.rated': true,
  'agent.signedIn': true,
  'agent.signedOut': true,
  'agent.stateChanged': true,
  'counter.opened': true,
  'counter.closed': true,
  'counter.faulted': true,
  'queue.observed': true,
  'source.snapshot': true,
  'source.heartbeat': true,
};

describe('facts', () => {
  it('are a closed list, the same for the compiler and at the edge', () => {
    const accepted = SourceEvent.options.map(({ shape }) => shape.type.value);
    expect(accepted.toSorted()).toEqual(Object.keys(EVERY_TYPE).toSorted());
  });

  it('carry the fields of their type, and no serving', () => {
    expectTypeOf<EventOf<'contact.transferred'>['queue']>().toEqualTypeOf<string>();
    expectTypeOf<EventOf<'contact.queued'>['ticket']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<EventOf<'agent.stateChanged'>['state']>().not.toEqualTypeOf<string>();
    expectTypeOf<'serving'>().not.toExtend<EventOf<'agent.stateChanged'>['state']>();
    expectTypeOf<LoggedEvent['event']>().toEqualTypeOf<LogEvent>();
    expectTypeOf<SourceEvent['at']>().toEqualTypeOf<number>();
    expectTypeOf<EventOf<'contact.held'>>().not.toHaveProperty('queue');
  });

  it('each outcome says when', () => {
    expectTypeOf<
      Exclude<Outcome, { kind: 'agentSpent' | 'counterSpent' | 'visit' | 'alert' | 'move' }>['at']
    >().toEqualTypeOf<number>();
  });
});

describe('the socket', () => {
  it('both ends speak of the same events', () => {
    type AtServer = ServerSocket<ClientEvents, ServerEvents>;
    type AtBrowser = Socket<ServerEvents, ClientEvents>;
    expectTypeOf<Parameters<AtServer['emit']>[0]>().toEqualTypeOf<keyof ServerEvents>();
    expectTypeOf<Parameters<AtBrowser['emit']>[0]>().toEqualTypeOf<keyof ClientEvents>();
    expectTypeOf<Server<ClientEvents, ServerEvents>>().toHaveProperty('to');
    expectTypeOf<Parameters<ServerEvents['frame']>>().toEqualTypeOf<
      [number, number, number, number, Patch]
    >();
    expectTypeOf<Parameters<ServerEvents['heartbeat']>>().toEqualTypeOf<
      [number, number, number, Ages, number | null]
    >();
    expectTypeOf<Parameters<ClientEvents['watch']>[0]>().toEqualTypeOf<WatchRequest>();
  });

  it('an answer is a value or a code of the closed list', () => {
    expectTypeOf<Extract<Ack<WatchState>, { ok: true }>['version']>().toEqualTypeOf<number>();
    expectTypeOf<Extract<Ack<WatchState>, { ok: false }>['code']>().toEqualTypeOf<FailureCode>();
    expect(Object.values(FAILURES).every(({ status }) => status >= 400)).toBe(true);
  });

  it('a request names a branch, or a scope for the table of branches', () => {
    expectTypeOf<{ view: 'floor'; branch: string }>().toExtend<WatchRequest>();
    expectTypeOf<{ view: 'row'; scope: string }>().toExtend<WatchRequest>();
    expectTypeOf<{ view: 'row'; branch: string }>().not.toExtend<WatchRequest>();
    expectTypeOf<{ view: 'floor'; scope: string }>().not.toExtend<WatchRequest>();
  });
});

describe('views', () => {
  it('have a schema each', () => {
    expectTypeOf(SCHEMAS).toEqualTypeOf<{ readonly [V in ViewName]: ViewSchema }>();
    expectTypeOf<View<'floor'>['tables']['queues'][number]['waiting']>().toEqualTypeOf<number | null>();
  });

  it('[SF2] the customer wall has no field for a person', () => {
    type Fields = keyof CallRow | keyof ServiceRow | keyof CustomerWallHead;
    expectTypeOf<
      Extract<Fields, 'agent' | 'agents' | 'name' | 'reason' | 'customer' | 'customerClass'>
    >().toBeNever();
  });
});
