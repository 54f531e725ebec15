import type { OpenedLink } from '#shared/accounts.ts';
import { api, Refused } from '#lib/api.ts';

/** The token stands in the fragment, which browsers send to nobody. */
export const load = async ({ url }: { url: URL }) => {
  const token = url.hash.slice(1);
  return { token, link: await openLink(token) };
};

async function openLink(token: string): Promise<OpenedLink | null> {
  try {
    return await api.post<OpenedLink>('/links/open', { token });
  } catch (error) {
    const { code } = Refused.from(error);
    if (code === 'not-found' || code === 'invalid') return null;
    throw error;
  }
}
