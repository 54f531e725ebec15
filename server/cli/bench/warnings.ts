import { z } from 'zod';
import { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { WarningRow } from '#shared/accuracy.ts';
import { advance, type LiveBranch, newBranch } from '../../domain/live-branch.ts';
import { hallNow } from '../../domain/prediction/hall-now.ts';
import { completeProfiles } from '../../network.ts';
import { createForesight } from '../../planner/foresight.ts';
import { anchorFor, DAY_MS, localMidnight } from '../../sources/demonstration/anchor.ts';
import { createDemonstration } from '../../sources/demonstration/demonstration.ts';
import { demonstrationNetwork } from '../../sources/demonstration/network.ts';
import { printResult, progress, UsageError } from '../result.ts';
import { type GrowingHistory, growingHistory } from './warnings/growing-history.ts';

const STEP_MS = 300_000;
const HOUR_MS = 3_600_000;
/** Halls are open within these hours of the day. */
const HOURS = { from: 8, to: 18.5 };
/** Warnings told with a chance between these come true in as many cases. */
const BAND = { from: 0.6, to: 0.8 };
/** The days that are replayed are always the same. */
const FIRST_DAY = Date.UTC(2026, 2, 2, 3);

const Options = z.object({
  days: z.coerce.number().int().min(1).max(60),
  seed: z.coerce.number().int().min(0),
});

/** `muster bench warnings`: days of the demonstration told fact by fact; every warning of a breach beside what came. */
export async function benchWarnings(raw: unknown): Promise<void> {
  const options = Options.safeParse(raw);
  if (!options.success)
    throw new UsageError(`--${options.error.issues[0]?.path.join('') ?? ''} is not a number that fits`);
  const { days, seed } = options.data;
  const anchor = anchorFor(FIRST_DAY);
  const midnight = localMidnight(anchor);
  const profiles = completeProfiles(demonstrationNetwork(anchor));
  const live = new Map(profiles.map((profile) => [profile.id, newBranch(profile)]));
  const history = growingHistory();
  const foresight = createForesight(profiles, history.reader);
  const demonstration = await createDemonstration(anchor, seed);
  for (let day = 0; day < days; day++) {
    for (let at = midnight + day * DAY_MS; at < midnight + (day + 1) * DAY_MS; at += STEP_MS) {
      fold(demonstration.advanceTo(at), profiles, live, history);
      const hour = (at - midnight - day * DAY_MS) / HOUR_MS;
      if (hour < HOURS.from || hour > HOURS.to) continue;
      const halls = profiles.flatMap((profile) => {
        const known = live.get(profile.id);
        return known === undefined ? [] : [hallNow(known, profile, at - STEP_MS, at)];
      });
      await foresight.predict({ halls, projectedTo: at });
    }
    history.endDay();
    progress(`day ${day + 1} of ${days}`);
  }
  const { rows, warnings } = await foresight.accuracy({ branches: profiles.map(({ id }) => id) });
  const band = bandOf(warnings);
  const scored = rows.reduce((sum, { forecasts }) => sum + forecasts, 0);
  const meanOf = (figure: 'coverage' | 'promised' | 'splitCoverage'): number | null =>
    scored === 0
      ? null
      : rounded(rows.reduce((sum, row) => sum + row.forecasts * (row[figure] ?? 0), 0) / scored);
  printResult({
    ok: band.cameTrue !== null && band.cameTrue >= BAND.from && band.cameTrue <= BAND.to,
    days,
    band: { ...BAND, ...band },
    warnings,
    forecasts: scored,
    forecastCoverage80: {
      told: meanOf('coverage'),
      promised: meanOf('promised'),
      split: meanOf('splitCoverage'),
    },
    dataset: 'demonstration halls',
    seed,
  });
}

function fold(
  facts: readonly { branch: string; event: object }[],
  profiles: readonly BranchProfile[],
  live: ReadonlyMap<string, LiveBranch>,
  history: GrowingHistory,
): void {
  for (const { branch, event } of facts) {
    const profile = profiles.find(({ id }) => id === branch);
    const known = live.get(branch);
    if (profile === undefined || known === undefined) continue;
    const parsed = SourceEvent.parse(event);
    const logged = {
      version: known.version + 1,
      branch,
      source: 'demonstration',
      receivedAt: parsed.at,
      event: parsed,
    };
    history.add(profile, advance(known, profile, logged) ?? []);
  }
}

function bandOf(rows: readonly WarningRow[]): { warnings: number; cameTrue: number | null } {
  const within = rows.filter(({ from, to }) => from >= BAND.from - 1e-9 && to <= BAND.to + 1e-9);
  const warnings = within.reduce((sum, row) => sum + row.warnings, 0);
  const came = within.reduce((sum, row) => sum + row.warnings * (row.cameTrue ?? 0), 0);
  return { warnings, cameTrue: warnings > 0 ? rounded(came / warnings) : null };
}

const rounded = (share: number): number => Math.round(share * 1_000) / 1_000;
