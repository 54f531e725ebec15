/** Announcements in words. */
import type { Announced } from '#shared/announcements.ts';
import type { Language } from '#lib/stores/preferences.svelte.ts';
import { m } from '../../paraglide/messages.js';

/** What is announced to customers, in one language. */
export function announcementText(announced: Announced, locale: Language): string {
  const { hereMinutes: here, thereMinutes: there, toMachines } = announced;
  const name = (zh: string, en: string): string => (locale === 'en' ? en : zh);
  const text = {
    ...{ here, there },
    queue: name(announced.queuesZh, announced.queuesEn),
    place: name(announced.placeZh, announced.placeEn),
  };
  return toMachines ? m.announcement_machine(text, { locale }) : m.announcement_hall(text, { locale });
}
