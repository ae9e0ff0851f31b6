import fs from 'node:fs';
const TICKS = 100; // getconf CLK_TCK on every Linux that Node runs on

/** CPU seconds (user + system, all threads) a process has used so far. */
export function cpu(pid) {
  const s = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  const f = s.slice(s.lastIndexOf(')') + 2).split(' ');
  return (Number(f[11]) + Number(f[12])) / TICKS;
}

export function rss(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) * 1024;
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a process has used next to no CPU for `quiet` ms. */
export async function idle(pid, { quiet = 400, limit = 60000 } = {}) {
  const t0 = performance.now();
  let last = cpu(pid);
  let since = t0;
  while (performance.now() - t0 < limit) {
    await sleep(100);
    const now = cpu(pid);
    if (now - last > 0.021) since = performance.now();
    last = now;
    if (performance.now() - since > quiet) return;
  }
}

export const median = (xs) => quantile(xs, 0.5);
export function quantile(xs, q) {
  const s = Float64Array.from(xs).sort();
  if (s.length === 0) return NaN;
  const i = (s.length - 1) * q;
  const lo = Math.floor(i);
  return s[lo] + (s[Math.min(lo + 1, s.length - 1)] - s[lo]) * (i - lo);
}
