/** Addresses of the screens; what a screen shows is in its address, so that a link shows the same screen. */
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import type { WallView } from '#shared/accounts.ts';

/** All branches of a scope. */
export const ALL = 'all';

export const floorPath = (hall: string): string => resolve('/h/[hall]/floor', { hall });
export const networkPath = (scope: string): string => resolve('/n/[scope]/network', { scope });
export const alertsPath = (hall: string): string => resolve('/h/[hall]/alerts', { hall });
export const networkAlertsPath = (scope: string): string => resolve('/n/[scope]/alerts', { scope });
export const movesPath = (scope: string): string => resolve('/n/[scope]/moves', { scope });
export const movePath = (scope: string, id: string): string =>
  resolve('/n/[scope]/moves/[id]', { scope, id: encodeURIComponent(id) });
export const customerWallPath = (hall: string): string => resolve('/w/[hall]/customer', { hall });

/** Where one signs in, and comes back from to `back`, an address of ours. */
export const signInPath = (back = ''): string =>
  resolve('/sign-in') + (back === '' ? '' : `?${new URLSearchParams({ back }).toString()}`);
/** Leaves for the sign-in page, which leads back here. The page starts anew: nothing it knew stays. */
export const goToSignIn = (): void =>
  location.assign(signInPath(location.pathname + location.search + location.hash));
/** The board of a paired screen. */
export const boardPath = (view: WallView, hall: string): string =>
  `/w/${encodeURIComponent(hall)}/${view === 'customerWall' ? 'customer' : 'staff'}`;
export const pairPath = (): string => resolve('/wall/pair');
export const settingsPath = (section: string): string => resolve('/settings/[section]', { section });

/** Writes parameters into the address in place; `null` or '' takes one away. Scroll and focus stay. */
export async function setParameters(parameters: Record<string, string | null>): Promise<void> {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters))
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  if (url.href !== location.href) await goto(url, { replace: true, reset: false });
}
