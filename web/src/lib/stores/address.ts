/** Addresses of the screens; what a screen shows is in its address, so that a link shows the same screen. */
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';

/** All branches of a scope. */
export const ALL = 'all';

export const floorPath = (hall: string): string => resolve('/h/[hall]/floor', { hall });
export const networkPath = (scope: string): string => resolve('/n/[scope]/network', { scope });
export const customerWallPath = (hall: string): string => resolve('/w/[hall]/customer', { hall });

/** Writes parameters into the address in place; `null` or '' takes one away. Scroll and focus stay. */
export async function setParameters(parameters: Record<string, string | null>): Promise<void> {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters))
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  if (url.href !== location.href) await goto(url, { replace: true, reset: false });
}
