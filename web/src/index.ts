// The chapter list: the theme, the search, and what belongs to all of one's work.
import { api } from "./api";
import { button, byId, el } from "./dom";
import { Search } from "./search";
import { themeSwitch } from "./theme-switch";
import { say, setLang } from "./words";

setLang(document.documentElement.lang.startsWith("zh") ? "zh" : "en");
const announce = (text: string) => {
  byId("said").textContent = text;
};
document.querySelector(".top")?.append(new Search().button().button, themeSwitch(announce).button);
const mine = byId("mine");
const trouble = el("p", { class: "trouble", role: "alert" });
if ("own" in document.body.dataset) mine.append(newNotebook());
else mine.querySelector(".row")?.append(importWork());
mine.append(trouble);
document.documentElement.dataset["ready"] = "";

function failed(err: unknown): void {
  trouble.textContent = err instanceof Error ? err.message : String(err);
}

/** Takes in a file that "Export" made, perhaps on another machine. */
function importWork(): HTMLElement {
  const file = el("input", { type: "file", accept: ".zip,application/zip", hidden: true, "aria-label": say("import") });
  file.addEventListener("change", () => void send(file.files?.[0]).catch(failed));
  return el("span", {}, button({ id: "import" }, say("import"), () => file.click()), file);
}

async function send(file: File | undefined): Promise<void> {
  if (!file) return;
  trouble.textContent = "";
  const res = await fetch("/api/lanebook/import", { method: "POST", credentials: "same-origin", body: file });
  const answer = (await res.json()) as { message?: string; notebooks?: string[] };
  if (!res.ok) throw new Error(answer.message ?? `HTTP ${res.status}`);
  announce(say("imported", { n: answer.notebooks?.length ?? 0 }));
  location.reload();
}

function newNotebook(): HTMLElement {
  const name = el("input", { type: "text", id: "new-name", required: true, autocomplete: "off", spellcheck: "false" });
  const form = el(
    "form",
    { class: "row" },
    el("label", { for: "new-name" }, say("new name")),
    name,
    el("button", { type: "submit" }, say("new notebook")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void api("POST", "/api/lanebook/notebooks", { name: name.value })
      .then((made) => location.assign(String(made["url"])))
      .catch(failed);
  });
  return form;
}
