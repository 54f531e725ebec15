import { Id, Text } from '#shared/ids.ts';
import { lineBatches } from './lines.ts';
import { QueueMembers, type PresenceBody } from './queue-members.ts';
import type { Reading, ReadOptions, TextChunks } from './reading.ts';
import { recordId } from './record-id.ts';

/** `epoch|callid|queue|agent|EVENT|data…` */
export const QUEUE_LOG_LINE =
  /^(\d{1,12}(?:\.\d{1,9})?)\|([^|]*)\|([^|]*)\|([^|]*)\|([A-Z][A-Z0-9_]*)(?:\|(.*))?$/;

const DEFAULT_BRANCH = 'pbx';
/** The year 9999, where representable times end, epoch seconds. */
const MAX_EPOCH_SECONDS = Date.UTC(9999, 11, 31) / 1_000;
/** What Asterisk writes where there is no call, queue or agent. */
const NOBODY = /^(NONE|Agent\/UNKNOWN)$/i;

/** A fact about a call, before it has an id and a time. */
type CallBody =
  | { type: 'contact.queued'; contact: string; queue: string; channel: 'voice' }
  | { type: 'contact.started'; contact: string; agent?: string }
  | { type: 'contact.ended' | 'contact.abandoned'; contact: string; raw: string };
type Refused = 'bad-line' | 'unknown-event' | 'not-a-fact';

interface QueueLogRecord {
  at: number;
  contact: string | null;
  queue: string | null;
  agent: string | null;
  word: string;
  /** The first data field; pauses tell their reason there. */
  detail: string;
}

/**
 * Reads an Asterisk `queue_log` in the order it was written, which is the order of time (whole seconds).
 * Refused: `bad-line` (another format, or without the call, queue or agent its event needs), `unknown-event`, and
 * `not-a-fact` for what changes nothing here, such as CONFIGRELOAD or one phone that rang unanswered.
 */
export async function* readQueueLog(chunks: TextChunks, options: ReadOptions = {}): AsyncGenerator<Reading> {
  const branch = options.branch ?? DEFAULT_BRANCH;
  const members = new QueueMembers();
  for await (const lines of lineBatches(chunks)) {
    for (const line of lines) {
      if (line === '') continue;
      const record = line === null ? null : readRecord(line);
      if (line === null || record === null) {
        yield { refused: 'bad-line' };
        continue;
      }
      const bodies = bodiesOf(record, members);
      if (typeof bodies === 'string') {
        yield { refused: bodies };
        continue;
      }
      for (const [part, body] of bodies.entries()) {
        yield { branch, event: { id: recordId(line, part), at: record.at, ...body } };
      }
    }
  }
}

function readRecord(line: string): QueueLogRecord | null {
  const match = QUEUE_LOG_LINE.exec(line);
  const [, epoch, call = '', queue = '', agent = '', word = '', data = ''] = match ?? [];
  const seconds = Number(epoch);
  if (match === null || seconds > MAX_EPOCH_SECONDS) return null;
  const detail = data.split('|', 1)[0] ?? '';
  return {
    at: Math.round(seconds * 1_000),
    contact: named(call),
    queue: named(queue),
    agent: named(agent),
    word,
    detail: Text.safeParse(detail).success ? detail : '',
  };
}

const named = (text: string): string | null =>
  NOBODY.test(text) || !Id.safeParse(text).success ? null : text;

/** What a record says, or why it says nothing. */
function bodiesOf(record: QueueLogRecord, members: QueueMembers): (CallBody | PresenceBody)[] | Refused {
  const { contact, queue, agent, word } = record;
  switch (word) {
    case 'ENTERQUEUE':
      if (contact === null || queue === null) return 'bad-line';
      return [{ type: 'contact.queued', contact, queue, channel: 'voice' }];
    case 'CONNECT':
      if (contact === null) return 'bad-line';
      return [{ type: 'contact.started', contact, ...(agent === null ? {} : { agent }) }];
    // After a transfer the call is somebody else's; if that is a queue of ours, it enters it again.
    case 'TRANSFER':
    case 'BLINDTRANSFER':
    case 'ATTENDEDTRANSFER':
    case 'COMPLETEAGENT':
    case 'COMPLETECALLER':
      if (contact === null) return 'bad-line';
      return [
        { type: 'contact.ended', contact, raw: word },
        ...(agent === null ? [] : members.finished(agent)),
      ];
    // Rule AB1: timed out, sent away or dropped before service counts as abandoned.
    case 'ABANDON':
    case 'EXITEMPTY':
    case 'EXITWITHKEY':
    case 'EXITWITHTIMEOUT':
    case 'SYSCOMPAT':
      if (contact === null) return 'bad-line';
      return [{ type: 'contact.abandoned', contact, raw: word }];
    case 'AGENTDUMP':
    case 'CONFIGRELOAD':
    case 'DID':
    case 'INFO':
    case 'PENALTY':
    case 'MEMBERPENALTY':
    case 'QUEUESTART':
    case 'RINGCANCELED':
    case 'RINGNOANSWER':
      return 'not-a-fact';
    default:
      return presenceOf(record, members);
  }
}

type PresenceChange = (
  members: QueueMembers,
  agent: string,
  queue: string | null,
  detail: string,
) => PresenceBody[];

const logIn: PresenceChange = (members, agent) => members.added(agent, null, false);
const logOff: PresenceChange = (members, agent) => members.left(agent);
const pause: PresenceChange = (members, agent, queue, reason) => members.paused(agent, queue, reason);
const resume: PresenceChange = (members, agent, queue) => members.resumed(agent, queue);

const PRESENCE_CHANGES = new Map<string, PresenceChange>([
  ['ADDMEMBER', (members, agent, queue, detail) => members.added(agent, queue, detail === 'PAUSED')],
  ['REMOVEMEMBER', (members, agent, queue) => members.removed(agent, queue)],
  ['AGENTLOGIN', logIn],
  ['AGENTCALLBACKLOGIN', logIn],
  ['AGENTLOGOFF', logOff],
  ['AGENTCALLBACKLOGOFF', logOff],
  ['PAUSE', pause],
  ['PAUSEALL', pause],
  ['UNPAUSE', resume],
  ['UNPAUSEALL', resume],
]);

function presenceOf(
  { queue, agent, word, detail }: QueueLogRecord,
  members: QueueMembers,
): PresenceBody[] | Refused {
  const change = PRESENCE_CHANGES.get(word);
  if (change === undefined) return 'unknown-event';
  if (agent === null) return 'bad-line';
  const bodies = change(members, agent, queue, detail);
  return bodies.length > 0 ? bodies : 'not-a-fact';
}
