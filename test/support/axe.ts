import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds wrong with a page, or with what one selector finds there, the size of targets included (WCAG 2.5.8), each
 * with what it is about.
 */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .include(within)
    .options({ rules: { 'target-size': { enabled: true } } });
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
