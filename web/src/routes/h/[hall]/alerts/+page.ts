import { FLOOR } from '#shared/console-schemas.ts';
import { CONSOLE_LIMITS } from '#lib/live/freshness.ts';
import { openView } from '#lib/stores/live-view.svelte.ts';

// The page itself is the same for every place; it is built once and names all that the face is made of.
export const prerender = true;
export const entries = () => [{ hall: 'any' }];

export const load = async ({ params }: { params: { hall: string } }) => ({
  view: await openView(FLOOR, { view: 'floor', branch: params.hall }, CONSOLE_LIMITS),
});
