import { CUSTOMER_WALL } from '#shared/wall-schemas.ts';
import { WALL_LIMITS } from '#lib/live/freshness.ts';
import { openView } from '#lib/stores/live-view.svelte.ts';

// The page itself is the same for every place; it is built once and names all that the face is made of.
export const prerender = true;
export const entries = () => [{ hall: 'any' }];

export const load = async ({ params }: { params: { hall: string } }) => ({
  view: await openView(CUSTOMER_WALL, { view: 'customerWall', branch: params.hall }, WALL_LIMITS),
});
