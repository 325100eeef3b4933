"use strict";
// select2 hides the labelled <select> and shows a box of its own; give that box the field's label as its name.
{
  const named = (select) => {
    const [label] = select.labels;
    const box = select.parentElement.querySelector("[role=combobox]");
    if (!label || !box) return;
    label.id ||= `${select.id}_label`;
    const value = box.querySelector("[role=textbox]");
    (value ?? box.querySelector("[role=searchbox]"))?.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${value?.id ?? ""}`.trim());
  };
  const nameAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(named);

  window.django?.jQuery?.(() => nameAll(document)); // jQuery's queue: select2 was put there before
  document.addEventListener("formset:added", (event) => nameAll(event.target));
}
