/** Which branches a question is about. */
import type { BranchProfile } from '#shared/network.ts';
import { Refusal } from './refuse.ts';

/** As it stands in an address. */
export interface Scope {
  branch?: string[] | undefined;
  region?: string | undefined;
}

/** The branches a question is about, each known and the caller's to see; all of them only where `everywhere` is meant. */
export function inScope(
  visible: BranchProfile[],
  { branch, region }: Scope,
  everywhere: boolean,
): BranchProfile[] {
  if (branch !== undefined) return [...new Set(branch.flatMap((name) => named(visible, name)))];
  if (region === undefined && !everywhere) throw new Refusal('invalid', 'branch');
  const found = visible.filter((each) => region === undefined || each.region.id === region);
  if (region !== undefined && found.length === 0) throw new Refusal('not-found', 'region');
  return found;
}

// A name may itself hold a comma; else commas separate names.
function named(visible: BranchProfile[], text: string): BranchProfile[] {
  const byId = (id: string) => visible.find((each) => each.id === id);
  const whole = byId(text);
  if (whole !== undefined) return [whole];
  return text.split(',').map((id) => {
    const found = byId(id);
    if (found === undefined) throw new Refusal('not-found', 'branch');
    return found;
  });
}
