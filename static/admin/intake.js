"use strict";
// While the server works on a form: a moving line at the top, and buttons that cannot be pressed twice.
{
  const line = document.querySelector(".progress");
  const buttons = (form) => form.querySelectorAll("button");

  document.querySelectorAll("form[data-slow]").forEach((form) => {
    form.addEventListener("submit", () => {
      line.textContent = line.dataset.label;
      line.classList.add("works");
      // Later: a button that is disabled at once is not sent along.
      setTimeout(() => buttons(form).forEach((button) => (button.disabled = true)));
    });
  });

  // Back in the browser brings the page as it was left.
  addEventListener("pageshow", () => {
    line.textContent = "";
    line.classList.remove("works");
    document.querySelectorAll("form[data-slow]").forEach((form) =>
      buttons(form).forEach((button) => (button.disabled = false)),
    );
  });
}
