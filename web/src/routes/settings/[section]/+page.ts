import { error, redirect } from '@sveltejs/kit';
import { account } from '#lib/stores/account.svelte.ts';
import { signInPath } from '#lib/stores/address.ts';
import { sectionOf } from '#lib/views/settings/sections.ts';

/** Whoever is not signed in does that first and comes back. */
export const load = async ({ params, url }: { params: { section: string }; url: URL }) => {
  const section = sectionOf(params.section);
  if (!section) error(404);
  const me = await account.load();
  if (me.accounts !== 'off' && me.signedIn === null) redirect(307, signInPath(url.pathname + url.search));
  return { id: section.id };
};
