/** The plan of a hall's day and what its promise needs: asked for when a screen opens, and again as time goes on. */
import { onDestroy } from 'svelte';
import type { RequirementsAnswer } from '#shared/planning.ts';
import type { ShiftsAnswer } from '#shared/shifts.ts';
import { api } from '#lib/api.ts';
import { clock } from './clock.svelte.ts';
import { Remote } from './remote.svelte.ts';

const ASK_EVERY_MS = 60_000;

export class DayPlan {
  readonly shifts: Remote<ShiftsAnswer>;
  readonly requirements: Remote<RequirementsAnswer>;

  /** For a component, while it is made. */
  constructor(branch: string) {
    const of = new URLSearchParams({ branch }).toString();
    this.shifts = new Remote(() => api.get<ShiftsAnswer>(`/shifts?${of}`));
    this.requirements = new Remote(() => api.get<RequirementsAnswer>(`/requirements?${of}`));
    let askedAt = clock.beatAt;
    onDestroy(
      clock.onBeat(() => {
        if (document.hidden || clock.beatAt - askedAt < ASK_EVERY_MS) return;
        askedAt = clock.beatAt;
        void this.shifts.refresh();
        void this.requirements.refresh();
      }),
    );
  }
}
