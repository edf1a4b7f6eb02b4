/* The frame's small comforts. Every page works without them. */
(() => {
  const root = document.documentElement;

  // Light and dark --------------------------------------------------------
  const themeButtons = document.querySelectorAll("[data-theme-switch]");
  const showTheme = () => {
    for (const button of themeButtons) button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  };
  for (const button of themeButtons) {
    button.addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // kept for this page only
      }
      showTheme();
    });
  }
  showTheme();

  // Menus close on a click elsewhere, on Escape, and when another opens --------
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));

  // Dialogues ------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  });

  // Keys -------------------------------------------------------------------
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  const keys = {
    "/": () => [...document.querySelectorAll("[data-search]")].find((field) => field.checkVisibility())?.focus(),
    "?": () => document.getElementById("keys")?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.menu[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = keys[event.key];
    if (!act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });

  // Filters are applied as one chooses -----------------------------------------
  for (const form of document.querySelectorAll("form[data-filters]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, [type=checkbox], [type=radio], [type=date]")) form.requestSubmit();
    });
    // An address without empty parts is one that people can read and share.
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
    // Going back shows the page as it was left: with those fields still closed.
    window.addEventListener("pageshow", () => {
      for (const field of form.elements) field.disabled = false;
    });
  }
  const drawer = document.querySelector("details.filters");
  if (drawer && matchMedia("(min-width: 60rem)").matches) drawer.open = true;

  // Files: the names before sending, a sign of life while sending --------------------
  for (const field of document.querySelectorAll("input[type=file]")) {
    const box = field.closest(".field")?.querySelector("[data-file-list]");
    if (!box) continue;
    const size = new Intl.NumberFormat(root.lang, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
    field.addEventListener("change", () => {
      const list = box.querySelector("ul");
      list.replaceChildren(
        ...[...field.files].map((file) => {
          const row = document.createElement("li");
          row.textContent = `${file.name} (${size.format(Math.max(file.size / 1e6, 0.1))})`;
          return row;
        }),
      );
      box.hidden = field.files.length === 0;
    });
    field.form?.addEventListener("submit", () => {
      const progress = box.querySelector("[data-file-sending]");
      if (field.files.length && progress) progress.hidden = false;
    });
  }

  // A form with mistakes: the summary is read first --------------------------------
  document.querySelector(".errors")?.focus();

  // "5 minutes ago" stays true on a page left open ------------------------------------
  const relative = new Intl.RelativeTimeFormat(root.lang, { numeric: "always" });
  const refreshAges = () => {
    for (const time of document.querySelectorAll("time[data-age]")) {
      const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
      const words = time.querySelector("[data-age-words]");
      if (!words || minutes < 1) continue;
      words.textContent = minutes < 60 ? relative.format(-minutes, "minute") : relative.format(-Math.floor(minutes / 60), "hour");
    }
  };
  setInterval(refreshAges, 60000);
})();
