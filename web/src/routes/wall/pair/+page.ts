import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import type { Me } from '#shared/accounts.ts';
import { boardPath } from '#lib/stores/address.ts';

/** A screen that is paired goes to its board, so that it can be started here for good. */
export const load = async () => {
  const device = await ownDevice();
  if (device) redirect(307, boardPath(device.view, device.branch));
};

/** Without the server the screen shows that it is connecting. */
async function ownDevice(): Promise<Me['device']> {
  try {
    return (await api.get<Me>('/me')).device;
  } catch {
    return null;
  }
}
