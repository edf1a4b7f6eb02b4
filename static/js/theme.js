/* Runs before the first paint, so that no page flashes in the wrong colours:
   says that scripts run, and puts on the colours chosen by hand or by the system. */
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is closed to us; the system's choice stands
    }
  };
  const put = () => {
    const theme = chosen();
    root.dataset.theme = theme === "dark" || theme === "light" ? theme : dark.matches ? "dark" : "light";
  };
  root.dataset.script = "";
  put();
  dark.addEventListener("change", put);
  window.addEventListener("storage", put);
})();
