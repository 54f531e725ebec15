import { redirect } from '@sveltejs/kit';
import { settingsPath } from '#lib/stores/address.ts';

export const load = () => redirect(307, settingsPath('account'));
