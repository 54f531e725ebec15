/**
 * What a screen may see of a branch, one view a face: a head and tables of flat rows. Rows hold numerators and
 * denominators, never percentages (rule SL4), and times as epoch milliseconds: browsers count seconds themselves.
 */
import type { AlertPriority, AlertRuleId, AlertSubjectKind } from './alerts.ts';
import type { AnnouncementRow, CallRow, CustomerWallHead, ServiceRow } from './customer-wall.ts';
import type { WaitRow } from './expected-waits.ts';
import type { ServiceLevelShown } from './network.ts';
import type { BranchOutlook, OutlookRow } from './outlooks.ts';
import type { SuggestionRow } from './suggestions.ts';
import type { StaffAheadRow, StaffQueueRow, StaffWallHead } from './staff-wall.ts';
import type { HallPlace, RecentLevel, Status, WaitingFigures, WindowFigures } from './view-figures.ts';

export type { Status };
/** What an agent is doing: reported, but `serving` follows from contacts. */
export type AgentActivity =
  | 'serving'
  | 'wrapUp'
  | 'available'
  | 'break'
  | 'backOffice'
  | 'training'
  | 'meeting'
  | 'moving'
  | 'unavailable';
/** What a counter is doing; open means serving, wrapUp or idle (rule OC2). */
export type CounterActivity = 'serving' | 'wrapUp' | 'idle' | 'paused' | 'closed' | 'faulted';
/** How far a source can be trusted now; `silent` when it missed its own expected interval (rule LV3). */
export type SourceState = 'live' | 'silent' | 'skewed' | 'frozen' | 'contradictory';

export interface FloorHead extends HallPlace, WindowFigures, WaitingFigures {
  regionZh: string;
  regionEn: string;
  channel: string;
  status: Status;
  /** Service level the hall must reach, ratio 0–1, and its formula. */
  serviceLevelTarget: number;
  serviceLevel: ServiceLevelShown;
  /** (serving + wrap-up) / (serving + wrap-up + available) of the last 30 min, ratio rounded to 0.01 (OC1). */
  occupancy30: number | null;
  /** Serving / open counter time of the last 30 min, ratio rounded to 0.01 (OC2). */
  counterUse30: number | null;
  /** Open / configured counter time today, ratio rounded to 0.01 (OC2). */
  openingRateToday: number | null;
  countersOpen: number;
  countersConfigured: number;
  agentsServing: number;
  agentsWrapUp: number;
  agentsAvailable: number;
  agentsBreak: number;
  /** Signed in, but neither ready, busy nor on a break. */
  agentsOther: number;
  /** A break longer than this is too long (rule breakOver), seconds. */
  breakLimitSeconds: number;
  /** Queues left out of the sums because their source is silent (SL4). */
  queuesLeftOut: number;
  /** Alerts raised within the last hour, and active ones that nobody acknowledged or shelved. */
  alertsLastHour: number;
  alertsUnseen: number;
}

export interface QueueRow extends WindowFigures, WaitingFigures {
  id: string;
  letter: string;
  nameZh: string;
  nameEn: string;
  status: Status;
  /** Longest wait the hall promises, seconds. */
  targetSeconds: number;
  /** Threshold of the service level, seconds, the level to reach, ratio 0–1, and its formula. */
  thresholdSeconds: number;
  serviceLevelTarget: number;
  serviceLevel: ServiceLevelShown;
  /** Waiting longer than the target now. */
  late: number;
  countersOpen: number;
  countersServing: number;
  /** True when the queue is known only by a level feed (`queue.observed`). */
  observed: boolean;
  source: SourceState;
}

export interface CounterRow {
  id: string;
  label: string;
  /** Place in the hall, left to right. */
  position: number;
  activity: CounterActivity;
  since: number | null;
  ticket: string | null;
  /** Name of the agent at it. */
  agent: string | null;
  /** Letters of the queues it serves; the one in service first. */
  queues: readonly string[];
}

export interface AgentRow {
  id: string;
  name: string;
  activity: AgentActivity;
  since: number;
  reason: string | null;
  counter: string | null;
  /** Letter of the queue whose contact is being served. */
  queue: string | null;
}

export interface SourceRow {
  id: string;
  state: SourceState;
  /** Seconds its clock is behind (+) or ahead (−) of ours; `null` while unknown. */
  skewSeconds: number | null;
  /** Longest silence to expect of it, seconds. */
  expectedSeconds: number;
}

/** An active alert (rules AL1–AL5); figures in the unit of its rule, times epoch ms. */
export interface AlertRow {
  id: string;
  rule: AlertRuleId;
  priority: AlertPriority;
  subjectKind: AlertSubjectKind;
  subject: string;
  /** Name of the queue or agent, id of the source; empty when it is about several. */
  subjectZh: string;
  subjectEn: string;
  /** How many it is about, when it is about several; else 0. */
  members: number;
  /** Since when its condition holds. */
  since: number;
  raisedAt: number;
  /** As last told, the highest so far, and the value that raised it. */
  value: number;
  peak: number;
  limit: number;
  /** Of an early warning: when it is most likely to happen. */
  expectedAt: number | null;
  /** How many roles up it went, unacknowledged. */
  escalated: number;
  acknowledgedBy: string | null;
  acknowledgedAt: number | null;
  shelvedBy: string | null;
  shelvedUntil: number | null;
}

/** A branch in the network table. */
export interface BranchRow extends WaitingFigures, RecentLevel, BranchOutlook {
  id: string;
  nameZh: string;
  nameEn: string;
  regionZh: string;
  regionEn: string;
  channel: string;
  demo: boolean;
  status: Status;
  /** The last half hour by five minutes, oldest first, worst of each: 0 normal, 1 at risk, 2 in breach, −1 unknown. */
  pastLevels: readonly number[];
  /** Waiting longer than their target now. */
  late: number;
  /** Longest wait over its target, of the worst queue; ratio. */
  worstRatio: number;
  worstQueueZh: string;
  worstQueueEn: string;
  /** Target of the worst queue, seconds. */
  worstTargetSeconds: number;
  offeredToday: number;
  answeredToday: number;
  abandonedToday: number;
  serviceLevelTarget: number;
  serviceLevel: ServiceLevelShown;
  countersOpen: number;
  countersConfigured: number;
  agentsOn: number;
  /** Active alerts that nobody acknowledged or shelved. */
  alertsUnseen: number;
}

export interface NetworkHead {
  scope: string;
  /** The time zone of all its halls; `null` when they are in several. */
  zone: string | null;
  demo: boolean;
}

/** The views by name: head and tables with their row types. `row` is the table of branches in a scope. */
export interface Views {
  floor: {
    head: FloorHead;
    tables: {
      queues: QueueRow;
      counters: CounterRow;
      agents: AgentRow;
      sources: SourceRow;
      waits: WaitRow;
      alerts: AlertRow;
      outlooks: OutlookRow;
      suggestions: SuggestionRow;
    };
  };
  row: { head: NetworkHead; tables: { branches: BranchRow } };
  customerWall: {
    head: CustomerWallHead;
    tables: { calls: CallRow; services: ServiceRow; announcements: AnnouncementRow };
  };
  staffWall: { head: StaffWallHead; tables: { queues: StaffQueueRow; waits: WaitRow; ahead: StaffAheadRow } };
}
export type ViewName = keyof Views;
export const VIEW_NAMES = ['floor', 'row', 'customerWall', 'staffWall'] as const;

/** A view with its fields by name. */
export interface View<V extends ViewName> {
  head: Views[V]['head'];
  tables: { [T in keyof Views[V]['tables']]: Views[V]['tables'][T][] };
}
