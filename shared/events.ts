/**
 * The facts Muster accepts from sources, in the past tense, and nothing else.
 * Every dialect (ticket machine, PBX, replay, simulator) is turned into these before it enters the log.
 */
import { z } from 'zod';
import type { AlertEvent } from './alerts.ts';
import { Id, Text } from './ids.ts';
import type { MoveStepEvent } from './moves.ts';

/** Latest representable instant: the year 9999, so that formatting and SQL never overflow. */
const MAX_TIME_MS = Date.UTC(9999, 11, 31);
const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** A point in time: ISO 8601 with offset or epoch milliseconds on input, epoch milliseconds inside. */
export const Time = z.union([
  z.number().int().min(0).max(MAX_TIME_MS),
  z
    .string()
    .max(40)
    .regex(ISO_WITH_OFFSET, 'is not an ISO 8601 time with offset')
    .transform((text, context) => {
      const ms = Date.parse(text);
      if (ms >= 0 && ms <= MAX_TIME_MS) return ms;
      context.addIssue({ code: 'custom', message: 'is not a time between 1970 and 9999' });
      return z.NEVER;
    }),
]);

export const Channel = z.enum(['hall', 'voice', 'chat', 'video']);
export type Channel = z.infer<typeof Channel>;

/** States an agent can report; serving is derived from contacts, never sent. */
export const ReportedAgentState = z.enum([
  'available',
  'wrapUp',
  'break',
  'backOffice',
  'training',
  'meeting',
  'moving',
  'unavailable',
]);
export type ReportedAgentState = z.infer<typeof ReportedAgentState>;

const MAX_COUNT = 1_000_000;
const MAX_LIST = 1_000;
const DAY_SECONDS = 86_400;
const Count = z.number().int().min(0).max(MAX_COUNT);
const Seconds = z.number().min(0).max(DAY_SECONDS);
const Ids = z.array(Id).max(MAX_LIST);
const Priority = z.number().int().min(-1_000).max(1_000);

const envelope = {
  /** Made by the source, unique in it: the idempotency key. */
  id: Id,
  /** When it happened, by the source's clock. */
  at: Time,
  /** Only for keys that are scoped to several branches. */
  branch: Id.optional(),
  /** The vendor's own word for the state, kept beside the normalised one. */
  raw: Text.optional(),
};
const fact = <T extends string, S extends z.ZodRawShape>(type: T, fields: S) =>
  z.strictObject({ ...envelope, type: z.literal(type), ...fields });

const SnapshotContact = z.strictObject({
  contact: Id,
  queue: Id,
  ticket: Id.optional(),
  queuedAt: Time,
  calledAt: Time.optional(),
  startedAt: Time.optional(),
  agent: Id.optional(),
  counter: Id.optional(),
  priority: Priority.optional(),
  channel: Channel.optional(),
});
const SnapshotAgent = z.strictObject({
  agent: Id,
  name: Text.optional(),
  state: ReportedAgentState,
  since: Time.optional(),
  counter: Id.optional(),
  queues: Ids.optional(),
  reason: Text.optional(),
});
const SnapshotCounter = z.strictObject({
  counter: Id,
  state: z.enum(['open', 'closed', 'faulted']),
  since: Time.optional(),
  agent: Id.optional(),
  queues: Ids.optional(),
});
const SnapshotQueue = z.strictObject({ queue: Id, waiting: Count.optional() });

/** One fact as a source sends it. Unknown fields are refused. */
export const SourceEvent = z.discriminatedUnion('type', [
  fact('contact.queued', {
    contact: Id,
    queue: Id,
    ticket: Id.optional(),
    priority: Priority.optional(),
    channel: Channel.optional(),
    customerClass: Id.optional(),
  }),
  fact('contact.called', { contact: Id, counter: Id.optional(), agent: Id.optional() }),
  fact('contact.missed', { contact: Id }),
  fact('contact.started', { contact: Id, agent: Id.optional(), counter: Id.optional() }),
  fact('contact.held', { contact: Id }),
  fact('contact.resumed', { contact: Id }),
  fact('contact.transferred', { contact: Id, queue: Id, agent: Id.optional() }),
  fact('contact.ended', { contact: Id, resolved: z.boolean().optional() }),
  fact('contact.abandoned', { contact: Id }),
  fact('contact.rated', {
    contact: Id,
    score: z.number().min(0).max(1_000),
    scale: z.number().min(1).max(1_000),
    dimensions: z.record(Id, z.number().min(0).max(1_000)).optional(),
  }),
  fact('agent.signedIn', {
    agent: Id,
    counter: Id.optional(),
    queues: Ids.optional(),
    name: Text.optional(),
  }),
  fact('agent.signedOut', { agent: Id }),
  fact('agent.stateChanged', { agent: Id, state: ReportedAgentState, reason: Text.optional() }),
  fact('counter.opened', { counter: Id, queues: Ids.optional(), agent: Id.optional() }),
  fact('counter.closed', { counter: Id }),
  fact('counter.faulted', { counter: Id }),
  fact('queue.observed', {
    queue: Id,
    waiting: Count,
    countersOpen: Count.optional(),
    averageServiceSeconds: Seconds.optional(),
    lastTicket: Id.optional(),
    longestWaitSeconds: Seconds.optional(),
  }),
  fact('source.snapshot', {
    queues: z.array(SnapshotQueue).max(MAX_LIST),
    contacts: z.array(SnapshotContact).max(MAX_LIST),
    agents: z.array(SnapshotAgent).max(MAX_LIST),
    counters: z.array(SnapshotCounter).max(MAX_LIST),
  }),
  fact('source.heartbeat', {}),
]);
export type SourceEvent = z.infer<typeof SourceEvent>;
export type SourceEventType = SourceEvent['type'];
/** What a source may write, before times are read. */
export type SourceEventInput = z.input<typeof SourceEvent>;
/** The member of {@link SourceEvent} with this type. */
export type EventOf<T extends SourceEventType> = Extract<SourceEvent, { type: T }>;

/**
 * What Muster itself adds to the log, in the name of the source it is about: how many of its facts were told again under
 * the same id, and how many were refused, since this was said last (rule DQ1).
 */
export interface RefusedEvent {
  id: string;
  at: number;
  type: 'source.refused';
  duplicate: number;
  rejected: number;
}

/** Whatever may stand in the log. */
export type LogEvent = SourceEvent | RefusedEvent | AlertEvent | MoveStepEvent;

/** A fact as it stands in the log of its branch. */
export interface LoggedEvent {
  branch: string;
  /** Who said it; ids of events are unique within a source. */
  source: string;
  /** 1, 2, 3 … per branch: the order that counts. */
  version: number;
  /** When it reached Muster, epoch milliseconds by Muster's clock. */
  receivedAt: number;
  event: LogEvent;
}
