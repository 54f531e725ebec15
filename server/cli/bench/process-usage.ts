/** CPU time and memory of other processes, read from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second in /proc; fixed on Linux. */
const TICKS_PER_SECOND = 100;
const KB_PER_MB = 1_024;

export interface Usage {
  cpuSeconds: number;
  rssMb: number;
}

/** Usage of one process so far; zeros when it is gone. */
export function usageOf(pid: number): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces, so fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    const rss = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { cpuSeconds, rssMb: Number(rss ?? 0) / KB_PER_MB };
  } catch {
    return { cpuSeconds: 0, rssMb: 0 };
  }
}

/** Processes started by a process. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
