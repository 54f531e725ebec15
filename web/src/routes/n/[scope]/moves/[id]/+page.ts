import { NETWORK } from '#shared/console-schemas.ts';
import { CONSOLE_LIMITS } from '#lib/live/freshness.ts';
import { openView } from '#lib/stores/live-view.svelte.ts';

export const load = async ({ params }: { params: { scope: string } }) => ({
  view: await openView(NETWORK, { view: 'row', scope: params.scope }, CONSOLE_LIMITS),
});
