/** What the screen behind the counters shows to everybody who works there: shared state, nobody's own figures. */
import type { ServiceLevelShown } from './network.ts';
import type { StaffStep } from './outlooks.ts';
import type { RecentLevel, Status, WaitingFigures } from './view-figures.ts';
import type { WallPlace } from './customer-wall.ts';

export interface StaffWallHead extends WallPlace, WaitingFigures, RecentLevel {
  channel: string;
  status: Status;
  serviceLevelTarget: number;
  serviceLevel: ServiceLevelShown;
  /** Waiting longer than their target now. */
  late: number;
  answeredToday: number;
  abandonedToday: number;
  /** Counters open, or agents at work where there are none. */
  open: number;
  /** 0 on a hotline. */
  countersConfigured: number;
}

export interface StaffQueueRow extends WaitingFigures {
  id: string;
  letter: string;
  nameZh: string;
  nameEn: string;
  status: Status;
  /** Chance of a breach within the next 30 min, 0–1; `null` when nobody can say. */
  breachProbability: number | null;
  targetSeconds: number;
}

/** A quarter-hour of the next hour. */
export interface StaffAheadRow extends StaffStep {
  id: string;
}
