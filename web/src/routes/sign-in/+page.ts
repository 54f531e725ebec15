import { redirect } from '@sveltejs/kit';
import { account } from '#lib/stores/account.svelte.ts';
import { ownAddress } from '#lib/stores/way-back.ts';

/** Whoever has a session goes on at once; a visitor of the demonstration may want to be somebody else. */
export const load = async ({ url }: { url: URL }) => {
  const back = ownAddress(url.searchParams.get('back'), url.origin);
  const me = await account.refresh();
  if (me.accounts === 'off' || (me.signedIn !== null && me.signedIn.endsAt !== null)) redirect(307, back);
  return { me, back, ssoFailed: url.searchParams.has('sso') };
};
