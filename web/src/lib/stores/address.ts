/** Addresses of the screens; what a screen shows is in its address, so that a link shows the same screen. */
import { resolve } from '$app/paths';
import { parameters } from './parameters.svelte.ts';

/** All branches of a scope. */
export const ALL = 'all';

export const floorPath = (hall: string): string => resolve('/h/[hall]/floor', { hall });
export const networkPath = (scope: string): string => resolve('/n/[scope]/network', { scope });
export const alertsPath = (hall: string): string => resolve('/h/[hall]/alerts', { hall });
export const networkAlertsPath = (scope: string): string => resolve('/n/[scope]/alerts', { scope });
export const movesPath = (scope: string): string => resolve('/n/[scope]/moves', { scope });
export const movePath = (scope: string, id: string): string =>
  resolve('/n/[scope]/moves/[id]', { scope, id: encodeURIComponent(id) });
export const shiftsPath = (hall: string): string => resolve('/h/[hall]/shifts', { hall });
export const scorecardsPath = (scope: string): string => resolve('/scorecards/[scope]', { scope });

/** Where one signs in, and comes back from to `back`, an address of ours. */
export const signInPath = (back = ''): string =>
  resolve('/sign-in') + (back === '' ? '' : `?${new URLSearchParams({ back }).toString()}`);
/** Somebody signs out: what is refused meanwhile is no reason to go elsewhere. */
let signingOut = false;
/** Leaves for the sign-in page, which leads back here. The page starts anew: nothing it knew stays. */
export function goToSignIn(): void {
  if (!signingOut) location.assign(signInPath(location.pathname + location.search + location.hash));
}
/** Leaves for the sign-in page, which leads nowhere, once the session is over. Rejects when it could not be ended. */
export async function leaveAfter(signOut: Promise<unknown>): Promise<void> {
  signingOut = true;
  try {
    await signOut;
    location.assign(signInPath());
  } catch (error) {
    signingOut = false;
    throw error;
  }
}
export const settingsPath = (section: string): string => resolve('/settings/[section]', { section });

/** Writes parameters into the address in place; `null` or '' takes one away. Scroll and focus stay. */
export const setParameters = (changes: Record<string, string | null>): Promise<void> =>
  parameters.set(changes);
