/** What views say of the hall itself. */
import type { BranchProfile } from '#shared/network.ts';
import type { HallPlace } from '#shared/view-figures.ts';
import type { HallMeasure } from '../domain/metrics/measure.ts';

export const nameOf = (profile: BranchProfile) => ({
  id: profile.id,
  nameZh: profile.name.zh,
  nameEn: profile.name.en,
});

/** Which hall it is, and when it opens today. */
export const placeOf = (profile: BranchProfile, { opening }: HallMeasure): HallPlace => ({
  ...nameOf(profile),
  zone: profile.zone,
  opensAt: opening?.opensAt ?? null,
  closesAt: opening?.closesAt ?? null,
  demo: profile.demo,
});
