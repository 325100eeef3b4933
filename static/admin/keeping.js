"use strict";
// A button that copies the address or the lines of a box; without this script they are marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      return; // it stays marked, ready to be copied by hand
    }
    button.textContent = button.dataset.copied;
  });
}
