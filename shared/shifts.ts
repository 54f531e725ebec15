/** Who is planned where today, as it crosses the wire. */
import { z } from 'zod';
import { Id } from './ids.ts';

/** `GET /api/v1/shifts`. */
export const ShiftsQuery = z.strictObject({ branch: Id });

export interface PlannedBreakRow {
  kind: 'lunch' | 'break';
  /** Epoch ms, `to` exclusive. */
  from: number;
  to: number;
}

/** The shift of one person of the hall today. */
export interface ShiftRow {
  /** What the sources of the hall call them. */
  agent: string;
  name: string | null;
  /** Epoch ms, `to` exclusive. */
  from: number;
  to: number;
  /** Planned in the back office, not at a counter. */
  backOffice: boolean;
  breaks: PlannedBreakRow[];
}

export interface ShiftsAnswer {
  branch: string;
  /** `null` when nobody said who may work where. */
  shifts: ShiftRow[] | null;
}
