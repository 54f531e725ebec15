import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLiveBranches } from '#server/live-branches.ts';
import { openNetworkSettings } from '#server/network-settings.ts';
import { hall } from '#test/support/profiles.ts';
import { until } from '#test/support/until.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const version = (targetSeconds: number) => ({ validFrom: '2026-01-01', branch: 'hall', targetSeconds });
const kept = (): { definitions: unknown[] } =>
  JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8')) as { definitions: unknown[] };

describe('settings of the network', () => {
  it('are kept and in force at once; branches that stay as they are stay the same', async () => {
    const settings = openNetworkSettings({ folder });
    const { network } = settings;
    const heard: string[][] = [];
    const prepared: string[][] = [];
    network.prepare((all) => {
      // What is not in force yet cannot be asked for.
      prepared.push([...all, ...network.branches()].map(({ id }) => id));
      return Promise.resolve();
    });
    await settings.put({ ...settings.get(), branches: [hall()] });
    const before = network.branch('hall');
    network.hear((changed) => heard.push([...changed]));
    await settings.put({ ...settings.get(), branches: [hall(), hall({ id: 'new' })] });
    expect(network.branch('hall')).toBe(before);
    await settings.put({ ...settings.get(), definitions: [version(5)] });
    expect(prepared).toEqual([['hall'], ['hall', 'new', 'hall'], ['hall', 'new', 'hall', 'new']]);
    expect(heard).toEqual([['new'], ['hall']]);
    expect(openNetworkSettings({ folder }).network.branch('hall')?.definitions).toEqual([version(5)]);
    expect(kept().definitions).toEqual([version(5)]);
  });

  it('that stand beside others hold for both, and keep only their own', async () => {
    const beside = { folder, content: () => ({ branches: [hall()], sourceKeys: [] }) };
    const own = join(folder, 'own');
    const settings = openNetworkSettings({ folder: own, beside });
    await settings.put({ ...settings.get(), definitions: [version(7)] });
    expect(settings.network.branch('hall')?.definitions).toEqual([version(7)]);
    expect(openNetworkSettings({ folder: own, beside }).get()).toMatchObject({
      branches: [],
      definitions: [version(7)],
    });
  });

  it('follow the file; a broken one leaves all as it was', async () => {
    const settings = openNetworkSettings({ folder });
    const stopping = new AbortController();
    const errors: unknown[] = [];
    settings.follow(stopping.signal, (error) => errors.push(error));
    writeFileSync(join(folder, 'network.json'), JSON.stringify({ branches: [hall()] }));
    await until(() => settings.network.branch('hall') !== undefined, 'the branch to be there');
    writeFileSync(join(folder, 'network.json'), '{');
    await until(() => errors.length > 0, 'the mistake to be told');
    expect(settings.network.branch('hall')).toBeDefined();
    expect(settings.get().branches).toHaveLength(1);
    stopping.abort();
  });

  it('reach halls that are live, and leave those that were taken out until the next start', async () => {
    const settings = openNetworkSettings({ folder });
    await settings.put({ ...settings.get(), branches: [hall()] });
    const branches = createLiveBranches(settings.network);
    const live = branches.get('hall')?.live;
    await settings.put({ ...settings.get(), branches: [hall({ expectedSeconds: 7 })] });
    expect(branches.get('hall')?.profile.expectedSeconds).toBe(7);
    expect(branches.get('hall')?.live).toBe(live);
    await settings.put({ ...settings.get(), branches: [hall({ id: 'new' })] });
    expect([...branches.ids()]).toEqual(['hall', 'new']);
  });
});
