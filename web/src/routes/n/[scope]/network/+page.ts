import { NETWORK } from '#shared/console-schemas.ts';
import { CONSOLE_LIMITS } from '#lib/live/freshness.ts';
import { openView } from '#lib/stores/live-view.svelte.ts';

// The page itself is the same for every place; it is built once and names all that the face is made of.
export const prerender = true;
export const entries = () => [{ scope: 'any' }];

export const load = async ({ params }: { params: { scope: string } }) => ({
  view: await openView(NETWORK, { view: 'row', scope: params.scope }, CONSOLE_LIMITS),
});
