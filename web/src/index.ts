// The chapter list: all it needs of script is the theme switch.
import { themeSwitch } from "./theme-switch";
import { setLang } from "./words";

setLang(document.documentElement.lang.startsWith("zh") ? "zh" : "en");
document.querySelector(".top")?.append(themeSwitch(() => undefined).button);
