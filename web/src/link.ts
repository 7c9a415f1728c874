// What the page says about its connection to Go.
import type { Notices } from "./notices";
import type { Runner, Status } from "./runner";
import { say } from "./words";

export class Link {
  private isPreparing = false;
  private countdown: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly runner: Runner,
    private readonly notices: Notices,
    /** Go answers again, or at last. */
    private readonly answered: () => void,
  ) {
    runner.onStatus((status) => this.show(status));
    runner.onForgotten(() => notices.show("kernel", "warn", say("kernel died")));
  }

  get isCutOff(): boolean {
    return ["lost", "gone", "refused"].includes(this.runner.status.state);
  }

  private show(status: Status): void {
    clearInterval(this.countdown);
    switch (status.state) {
      case "preparing":
        if (!this.isPreparing) this.notices.show("kernel", "note", preparing(status));
        this.notices.reword("kernel", preparing(status));
        this.isPreparing = true;
        return;
      case "lost":
        this.notices.hide("saving");
        this.notices.show("connection", "error", lost(status), [this.tryNow()]);
        this.countdown = setInterval(() => this.notices.reword("connection", lost(status)), 1000);
        return;
      case "gone":
      case "refused":
        this.notices.show("connection", "error", say(status.state), status.state === "gone" ? [this.tryNow()] : []);
        return;
      case "idle":
      case "busy":
        this.notices.hide("connection");
        this.answered();
    }
    if (this.isPreparing) this.notices.hide("kernel");
    this.isPreparing = false;
  }

  private tryNow() {
    return { label: say("try now"), act: () => this.runner.retry() };
  }
}

function preparing(status: Status): string {
  if (!status.total) return say("kernel preparing short");
  return say("kernel preparing", { done: status.done ?? 0, total: status.total });
}

function lost(status: Status): string {
  const seconds = Math.ceil(((status.retryAt ?? 0) - Date.now()) / 1000);
  return seconds > 0 ? say("lost", { n: seconds }) : say("lost now");
}
