/** `/wall/pair`: a screen that waits for its board. One that is paired goes there, so that it can be started here for good. */
import { mount } from 'svelte';
import { ownDevice } from '#lib/stores/wall-device.svelte.ts';
import { boardPath } from '#lib/stores/wall-paths.ts';
import PairScreen from '#lib/views/wall/PairScreen.svelte';
import { startWall } from './open-wall.ts';

const { language } = startWall();
// Without the server the screen shows that it is connecting.
const device = await ownDevice();
if (device) location.replace(boardPath(device.view, device.branch));
else mount(PairScreen, { target: document.body, props: { language } });
