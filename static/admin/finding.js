"use strict";
// The search over everything, opened by "/", Ctrl+K or ⌘K: what the page of the search finds, while one types.
// Without this script the form in the head opens that page.
{
  const PAUSE = 200; // milliseconds without a key before anything is asked
  const template = document.getElementById("find-template");
  const dialog = template?.content.firstElementChild.cloneNode(true);

  const start = () => {
    const form = dialog.querySelector("form");
    const input = form.querySelector("input");
    const shown = dialog.querySelector(".finder-found");
    let waiting = 0;
    let asked = null; // the words that stand beside what is shown, or are on their way

    const fetched = async (words) => {
      const address = new URL(form.action);
      address.searchParams.set("q", words);
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error("no answer");
      return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("found");
    };

    const ask = async () => {
      const words = input.value.trim();
      if (words === asked) return;
      asked = words;
      try {
        const found = await fetched(words);
        if (words !== asked) return; // a later answer is on its way
        found.removeAttribute("id");
        shown.replaceChildren(found);
      } catch {
        if (words === asked) asked = null; // Enter still opens the page
      }
    };

    const open = () => {
      if (dialog.open) return;
      dialog.showModal();
      input.select();
      ask();
    };

    const links = () => [...shown.querySelectorAll("a")];

    const move = (step) => {
      const places = [input, ...links()];
      const place = places.indexOf(document.activeElement);
      places[(place + step + places.length) % places.length].focus();
    };

    const isTyping = ({ target }) => target.closest?.("input, textarea, select, [contenteditable], .select2-container");

    document.addEventListener("keydown", (event) => {
      const isShortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event);
      if (!(isShortcut || isSlash) || event.isComposing || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      open();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    });
    input.addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (!event.isComposing) waiting = setTimeout(ask, PAUSE);
    });
    input.addEventListener("compositionend", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    });
    dialog.querySelector("[value=close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // beside it
    });
    document.getElementById("find-link")?.addEventListener("click", (event) => {
      event.preventDefault();
      open();
    });
    document.body.append(dialog);
  };

  if (dialog?.showModal) start();
}
