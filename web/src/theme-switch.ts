import { el } from "./dom";
import { say } from "./words";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

function remembered(): Theme {
  const theme = localStorage.getItem("theme");
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** A button that goes from the system's theme to light to dark. */
export function themeSwitch(announce: (text: string) => void): { button: HTMLButtonElement; speak: () => void } {
  const icons = { system: "◐", light: "☀", dark: "☾" };
  const b = el("button", { type: "button", class: "icon-button", id: "theme" });
  const speak = () => {
    const theme = remembered();
    b.replaceChildren(el("span", { "aria-hidden": true }, icons[theme]));
    b.setAttribute("aria-label", say(`theme ${theme}`));
    b.title = say(`theme ${theme}`);
  };
  b.addEventListener("click", () => {
    const theme = themes[(themes.indexOf(remembered()) + 1) % themes.length] ?? "system";
    if (theme === "system") {
      localStorage.removeItem("theme");
      delete document.documentElement.dataset["theme"];
    } else {
      localStorage.setItem("theme", theme);
      document.documentElement.dataset["theme"] = theme;
    }
    speak();
    announce(say(`theme ${theme}`));
  });
  speak();
  return { button: b, speak };
}
