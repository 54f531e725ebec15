/** The only owner of Chart.js: lines and bands over time, in the colours of the page, drawn in place. */
import {
  Chart as ChartJs,
  type ChartDataset,
  type ChartOptions,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
} from 'chart.js';
import type { Colours, Point, TimeChart } from './time-chart.ts';

ChartJs.register(LineController, LineElement, PointElement, LinearScale, Filler);

export interface Drawing {
  /** Draws it anew in the same place. */
  show(chart: TimeChart, colours: Colours): void;
  remove(): void;
}

const FONT_PX = 11;
const LABEL_PX = 12;
const LABEL_GAP_PX = 16;
/** Room for the words at the right end. */
const LABELS_WIDTH_PX = 118;

/** Makes a drawing on a canvas. */
export function draw(canvas: HTMLCanvasElement, chart: TimeChart, colours: Colours): Drawing {
  let shown = { chart, colours };
  const marks: Plugin<'line'> = {
    id: 'marks',
    afterDatasetsDraw: (instance) => {
      const { now, nowText, mark } = shown.chart;
      if (mark) drawMoment(instance, mark.at, mark.text, shown.colours.act, true);
      drawMoment(instance, now, nowText, shown.colours.ink, false);
      drawEndLabels(instance, shown.chart, shown.colours);
    },
  };
  const instance = new ChartJs(canvas, {
    type: 'line',
    data: { datasets: datasetsOf(chart, colours) },
    options: optionsOf(chart, colours, canvas),
    plugins: [marks],
  });
  return {
    show(next, nextColours) {
      shown = { chart: next, colours: nextColours };
      instance.data.datasets = datasetsOf(next, nextColours);
      instance.options = optionsOf(next, nextColours, canvas);
      instance.update('none');
    },
    remove: () => instance.destroy(),
  };
}

type Set = ChartDataset<'line', Point[]>;

function datasetsOf({ bands, lines, target, from, to }: TimeChart, colours: Colours): Set[] {
  const plain = { pointRadius: 0, borderWidth: 0, animation: false } as const;
  return [
    ...bands.flatMap(({ low, high, tone }): Set[] => [
      { ...plain, data: low, fill: false },
      { ...plain, data: high, fill: '-1', backgroundColor: colours[tone] },
    ]),
    ...(target === null
      ? []
      : [
          {
            ...plain,
            data: [
              { x: from, y: target.value },
              { x: to, y: target.value },
            ],
            borderColor: colours.ink,
            borderWidth: 1.3,
            borderDash: [5, 4],
          },
        ]),
    ...lines.map(({ points, dotted, plan = false }): Set => ({
      ...plain,
      data: points,
      borderColor: plan ? colours.act : colours.ink,
      borderWidth: 2,
      borderDash: dotted ? [2, 3] : [],
    })),
  ];
}

function optionsOf(chart: TimeChart, colours: Colours, canvas: HTMLCanvasElement): ChartOptions<'line'> {
  const font = { family: getComputedStyle(canvas).fontFamily, size: FONT_PX };
  return {
    animation: false,
    maintainAspectRatio: false,
    responsive: true,
    events: [],
    layout: { padding: { right: canvas.clientWidth > 480 ? LABELS_WIDTH_PX : 4, top: 16 } },
    scales: {
      x: {
        type: 'linear',
        min: chart.from,
        max: chart.to,
        grid: { display: false },
        border: { display: false },
        afterBuildTicks: (axis) => {
          axis.ticks = chart.ticks.map((value) => ({ value }));
        },
        ticks: {
          callback: (value) => chart.timeText(Number(value)),
          color: colours.label,
          font,
          maxRotation: 0,
        },
      },
      y: {
        min: 0,
        max: chart.top,
        border: { display: false },
        grid: { color: colours.grid },
        ticks: {
          stepSize: chart.step,
          callback: (value) => chart.valueText(Number(value)),
          color: colours.label,
          font,
        },
      },
    },
  };
}

/** A line through a moment with its words: those of the plan below those of now, so that both can be read. */
function drawMoment(
  instance: ChartJs<'line'>,
  at: number,
  text: string,
  colour: string,
  planned: boolean,
): void {
  const { ctx, chartArea, scales } = instance;
  const x = scales['x']?.getPixelForValue(at);
  if (x === undefined) return;
  const top = chartArea.top - (planned ? 0 : LABEL_GAP_PX - 2);
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.3;
  if (planned) ctx.setLineDash([3, 3]);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, chartArea.bottom);
  ctx.stroke();
  ctx.font = `700 ${FONT_PX}px ${getComputedStyle(instance.canvas).fontFamily}`;
  ctx.fillText(text, x + 6, top + FONT_PX - 2);
  ctx.restore();
}

/** Words at the right end of what they name, far enough apart to be read. */
function drawEndLabels(instance: ChartJs<'line'>, { ends }: TimeChart, colours: Colours): void {
  const { ctx, chartArea, scales, canvas } = instance;
  const scale = scales['y'];
  if (!scale || canvas.clientWidth <= 480) return;
  ctx.save();
  ctx.textBaseline = 'middle';
  const lowest = canvas.clientHeight - LABEL_GAP_PX / 2;
  let above = -Infinity;
  const downwards = ends.toSorted((a, b) => b.value - a.value);
  for (const [i, { value, text, strong, plan = false }] of downwards.entries()) {
    const wanted = Math.max(scale.getPixelForValue(value), above + LABEL_GAP_PX, chartArea.top);
    // Those below need their room too.
    const y = Math.min(wanted, lowest - (downwards.length - 1 - i) * LABEL_GAP_PX);
    above = y;
    ctx.font = `${strong ? '700 ' : ''}${LABEL_PX}px ${getComputedStyle(canvas).fontFamily}`;
    ctx.fillStyle = plan ? colours.act : strong ? colours.ink : colours.label;
    ctx.fillText(text, chartArea.right + 10, y, LABELS_WIDTH_PX - 12);
  }
  ctx.restore();
}
