import { expect, test } from 'vitest';
import { leadingRole } from '#shared/access.ts';

test('somebody with several roles is named by the same one, in whatever order they were granted', () => {
  expect(leadingRole([{ role: 'manager' }, { role: 'admin' }])).toBe('admin');
  expect(leadingRole([{ role: 'admin' }, { role: 'manager' }])).toBe('admin');
  expect(leadingRole([{ role: 'supervisor' }])).toBe('supervisor');
  expect(leadingRole([])).toBe('viewer');
});
