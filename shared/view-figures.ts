/** Sums that rows of several views have in common. */

/** Service level of the last 30 min by the formula chosen for the queue (SL1, SL2). */
export interface RecentLevel {
  slNumerator30: number;
  slDenominator30: number;
}

/** Counts of one window, by the end of the wait (rule WN1) except `offered`, which is by arrival. */
export interface WindowFigures extends RecentLevel {
  offeredToday: number;
  answeredToday: number;
  abandonedToday: number;
  slNumeratorToday: number;
  slDenominatorToday: number;
  answered30: number;
  abandoned30: number;
  /** Σ wait of those answered in the last 30 min, seconds; over answered30 it is the average wait (WT3). */
  waitSeconds30: number;
  /** Services ended in the last 30 min and their service + hold + wrap-up seconds (HT1). */
  handled30: number;
  handleSeconds30: number;
}

/** Who waits now. */
export interface WaitingFigures {
  /** `null` when nobody can know: the level feed that counted them is silent. */
  waiting: number | null;
  /** Arrival of the one who has waited longest (WT2); `null` when nobody waits or it is unknown. */
  oldestAt: number | null;
}

/** How a queue or branch stands against its target; order of urgency: breach > risk > normal. */
export type Status = 'normal' | 'risk' | 'breach' | 'stale' | 'closed';

/** Which hall it is, and when it opens. */
export interface HallPlace {
  id: string;
  nameZh: string;
  nameEn: string;
  /** Its time zone: IANA name or offset such as +08:00. */
  zone: string;
  /** Start and end of opening today, epoch ms; `null` when it does not open. */
  opensAt: number | null;
  closesAt: number | null;
  /** True when the figures are a demonstration, not a real hall. */
  demo: boolean;
}
