/** From what a source posts to facts in the log: each item is checked by itself, and the reply is the acknowledgement. */
import { randomUUID } from 'node:crypto';
import { SourceEvent } from '#shared/events.ts';
import { authorize, type SourcePrincipal } from './auth/authorize.ts';
import type { Clock } from './clock.ts';
import type { AppendRequest, EventLog } from './log/event-log.ts';
import type { Network } from './network.ts';
import { createRefusedCounts } from './refused-counts.ts';

/** Most events in one post. */
export const MAX_EVENTS = 1_000;

export type RejectReason =
  | 'not-json'
  | 'not-an-event'
  | 'unknown-type'
  | 'missing-field'
  | 'unknown-field'
  | 'invalid-field'
  | 'branch-required'
  | 'branch-not-allowed'
  | 'type-not-allowed'
  | 'unknown-branch';

export interface Rejection {
  index: number;
  id: string | null;
  reason: RejectReason;
  /** The field that is wrong, dotted. */
  field: string | null;
}

/** What became of a post; `duplicate` ones were told before and are safe. */
export interface IngestAnswer {
  accepted: number;
  duplicate: number;
  rejected: Rejection[];
}

/** An item of a post: a value, or a line that could not be read. */
export type Item = { value: unknown } | { unreadable: true };

export type { SourcePrincipal };

export interface Ingest {
  /** Appends what can be accepted. Throws `LogUnavailable`: then post again. */
  post(principal: SourcePrincipal, items: readonly Item[], receivedAt?: number): Promise<IngestAnswer>;
  /** Appends how much was refused since the last time, so that it is a figure like any other (rule DQ1). */
  tellRefused(): Promise<void>;
}

/** The way in, the same for HTTP posts, replays and the demonstration. */
export function createIngest(parts: { log: EventLog; network: Network; clock: Clock }): Ingest {
  const { log, network, clock } = parts;
  const refused = createRefusedCounts();
  return {
    async post(principal, items, receivedAt = clock.now()) {
      const rejected: Rejection[] = [];
      const requests = new Map<string, AppendRequest & { events: SourceEvent[] }>();
      items.forEach((item, index) => {
        const read = readItem(item, principal, network);
        if ('reason' in read) {
          const { branch, ...rejection } = read;
          rejected.push({ index, ...rejection });
          refused.add(branch, principal.source, 'rejected', 1);
          return;
        }
        const request = requests.get(read.branch);
        if (request) request.events.push(read.event);
        else
          requests.set(read.branch, {
            branch: read.branch,
            source: principal.source,
            receivedAt,
            events: [read.event],
          });
      });
      const answers = await log.append([...requests.values()]);
      let fresh = 0;
      [...requests.keys()].forEach((branch, i) => {
        const answer = answers[i] ?? [];
        const here = answer.filter((isNew) => isNew).length;
        refused.add(branch, principal.source, 'duplicate', answer.length - here);
        fresh += here;
      });
      return { accepted: fresh, duplicate: items.length - rejected.length - fresh, rejected };
    },
    async tellRefused() {
      const now = clock.now();
      const counts = refused.take();
      try {
        await log.append(
          counts.map(({ branch, source, duplicate, rejected }) => ({
            branch,
            source,
            receivedAt: now,
            events: [{ id: randomUUID(), at: now, type: 'source.refused', duplicate, rejected }],
          })),
        );
      } catch (error) {
        for (const { branch, source, duplicate, rejected } of counts) {
          refused.add(branch, source, 'duplicate', duplicate);
          refused.add(branch, source, 'rejected', rejected);
        }
        throw error;
      }
    },
  };
}

/** An event and its branch, or what is wrong with it; `branch` is the one it is about, as far as that is known. */
type Read =
  { branch: string; event: SourceEvent } | (Omit<Rejection, 'index'> & { branch: string | undefined });

function readItem(item: Item, principal: SourcePrincipal, network: Network): Read {
  const only = principal.branches.length === 1 ? principal.branches[0] : undefined;
  const usual = only === '*' || only === undefined || !network.branch(only) ? undefined : only;
  if ('unreadable' in item) return { branch: usual, id: null, reason: 'not-json', field: null };
  const parsed = SourceEvent.safeParse(item.value);
  if (!parsed.success) return { branch: usual, ...refusal(item.value, parsed.error.issues[0]) };
  const { branch: named, ...event } = parsed.data;
  const branch = named ?? (only === '*' ? undefined : only);
  const refused = (reason: RejectReason): Read => ({ branch: usual, id: event.id, reason, field: 'branch' });
  if (branch === undefined) return refused('branch-required');
  if (!authorize(principal, 'tell', { branch, region: undefined })) return refused('branch-not-allowed');
  if (!network.branch(branch)) return refused('unknown-branch');
  if (principal.types?.includes(event.type) === false)
    return { branch, id: event.id, reason: 'type-not-allowed', field: 'type' };
  return { branch, event };
}

interface Issue {
  code: string;
  path: PropertyKey[];
  input?: unknown;
  keys?: string[];
  note?: string;
}

function refusal(value: unknown, issue: Issue | undefined): Omit<Rejection, 'index'> {
  const fields: Partial<Record<string, unknown>> =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  const id = typeof fields.id === 'string' ? fields.id.slice(0, 64) : null;
  if (issue === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { id, reason: 'not-an-event', field: null };
  }
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path.map(String), issue.keys?.[0] ?? ''].join('.');
    return { id, reason: 'unknown-field', field };
  }
  if (path === 'type')
    return { id, reason: 'type' in fields ? 'unknown-type' : 'missing-field', field: 'type' };
  const reason = issue.path.length === 1 && !(path in fields) ? 'missing-field' : 'invalid-field';
  return { id, reason, field: path };
}
