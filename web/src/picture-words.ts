// What the interactive picture says. It also runs in notebooks of others,
// where the page's own texts are not at hand.
import type { Interval, Line, Look } from "./picture-data";
import type { Sign } from "./picture-legend";

const en = {
  back: "one step back",
  play: "play",
  pause: "pause",
  on: "one step on",
  closer: "zoom in",
  wider: "zoom out",
  all: "show everything",
  stage: "What the goroutines did. Left and right: step. Up and down: choose a goroutine. Plus and minus: zoom. Space: play.",
  begin: "→ goes from event to event and shows who is at which line.",
  hint: "← → step · ↑ ↓ choose · + − zoom · space plays",
  queue: "queue",
  of: "of",
  source: "source",
  cores: "cores",
  starts: "starts",
  isOver: "is over",
  notYet: "has not started yet",
  goesOn: "can go on",
  onCore: "runs on core {n}",
  beginning: "The beginning",
  theEnd: "The end",
  hidden: "{n} more goroutines are not in this picture.",
  merged: "Anything shorter than {t} is drawn together.",
  legend: {
    running: "running", ready: "ready, waits for a core", lock: "waiting for a lock", chan: "waiting at a channel",
    group: "waiting for others", sleep: "sleeping", net: "waiting for the network", syscall: "in the operating system",
  } satisfies Record<Look, string> as Record<string, string>,
  does: {
    lock: "waits for a lock", rlock: "waits for a lock (to read)", wlock: "waits for a lock (to write)", once: "waits for a sync.Once",
    waitgroup: "waits for others to finish", cond: "waits for a signal", send: "waits to send", receive: "waits to receive",
    select: "waits in a select", sleep: "sleeps", network: "waits for the network", forever: "waits for ever", gc: "waits for the garbage collector",
    coroutine: "waits for the other side of an iterator", other: "waits", ready: "is ready, but has no core", running: "runs", syscall: "is in the operating system",
  } as Record<string, string>,
  calls: {
    send: "sends to", receive: "receives from", close: "closes a channel for", select: "meets", unlock: "unlocks for", done: "is done, which wakes",
    signal: "signals", broadcast: "signals all, also", cancel: "cancels", switch: "switches to",
  } as Record<string, string>,
  wakes: "wakes",
  signs: {
    born: "starts a goroutine", wake: "wakes another", core: "on core 0, 1, …", chain: "decided the end", alive: "still there", task: "a task",
    "queue-line": "tasks that wait to be taken", buffer: "values in the buffer", held: "a lock is held, by whom", queued: "somebody waits for it",
    gc: "garbage collection", stop: "all stopped",
  } satisfies Record<Sign, string>,
  stop: ". ",
};

const zh: typeof en = {
  back: "后退一步",
  play: "播放",
  pause: "暂停",
  on: "前进一步",
  closer: "放大",
  wider: "缩小",
  all: "显示全部",
  stage: "各个 goroutine 做了什么。左右键：单步；上下键：选择 goroutine；加减号：缩放；空格：播放。",
  begin: "按 → 逐个事件往下走，看谁停在哪一行。",
  hint: "← → 单步 · ↑ ↓ 选择 · + − 缩放 · 空格播放",
  queue: "队列",
  of: "/",
  source: "源代码",
  cores: "核",
  starts: "启动",
  isOver: "已结束",
  notYet: "还没启动",
  goesOn: "可以继续",
  onCore: "在核 {n} 上运行",
  beginning: "开始",
  theEnd: "结束",
  hidden: "还有 {n} 个 goroutine 不在图中。",
  merged: "短于 {t} 的片段画在一起。",
  legend: {
    running: "正在运行", ready: "就绪，等一个核", lock: "等锁", chan: "在通道上等待", group: "等其他 goroutine", sleep: "睡眠",
    net: "等网络", syscall: "在操作系统里",
  },
  does: {
    lock: "在等锁", rlock: "在等读锁", wlock: "在等写锁", once: "在等 sync.Once", waitgroup: "在等其他 goroutine 做完", cond: "在等信号",
    send: "等着发送", receive: "等着接收", select: "停在 select 里", sleep: "在睡眠", network: "在等网络", forever: "永远等下去",
    gc: "在等垃圾回收", coroutine: "在等迭代器的另一边", other: "在等待", ready: "已就绪，但没有空闲的核", running: "在运行", syscall: "在操作系统里",
  },
  calls: {
    send: "发送给", receive: "接收自", close: "关闭通道，唤醒", select: "会合", unlock: "解锁，轮到", done: "做完，唤醒",
    signal: "发信号给", broadcast: "广播，唤醒", cancel: "取消", switch: "切换到",
  },
  wakes: "唤醒",
  signs: {
    born: "启动 goroutine", wake: "唤醒另一个", core: "在核 0、1、… 上", chain: "决定了何时结束", alive: "还在", task: "一个任务", "queue-line": "等着被领走的任务",
    buffer: "缓冲区里的值", held: "锁被谁持有", queued: "有人在等它", gc: "垃圾回收", stop: "全部暂停",
  },
  stop: "。",
};

export type Words = typeof en;

export function wordsOf(lang: string | undefined): Words {
  return lang === "zh" ? zh : en;
}

/** What a goroutine does in an interval, and where. */
export function doing(w: Words, i: Interval, lines: Line[]): string {
  if (i.state === "running" && i.proc !== undefined) return w.onCore.replace("{n}", String(i.proc));
  const what = w.does[i.state === "waiting" ? (i.reason ?? "other") : i.state] ?? w.does["other"] ?? "";
  const where = i.state === "running" ? "" : place(lines[i.line ?? 0]);
  return what + (where ? ` ${where}` : "");
}

/** "cell[3]:12 mu.Lock()". */
export function place(line: Line | undefined): string {
  if (!line?.file) return "";
  return `${line.file}:${line.line}${line.text ? " " + line.text : ""}`;
}
