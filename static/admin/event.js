"use strict";
// The form of an event: days and places by one tap, and titles of earlier events while one types.
{
  const offered = document.getElementById("offered");
  const form = offered.closest("form");

  const put = (box, button) => {
    const { value } = button.dataset;
    if (box.tagName === "SELECT") {
      const known = [...box.options].find((option) => option.value === value);
      if (!known) box.add(new Option(button.textContent, value));
    }
    box.value = value;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  for (const template of offered.querySelectorAll("template")) {
    const box = form.elements[template.dataset.for];
    if (!box) continue; // the form is only read
    const chips = template.content.cloneNode(true);
    for (const button of chips.querySelectorAll("button")) button.addEventListener("click", () => put(box, button));
    box.closest(".flex-container").after(chips);
  }

  const title = form.elements.title;
  if (title) {
    const list = document.createElement("datalist");
    list.id = "earlier-titles";
    title.after(list);
    title.setAttribute("list", list.id);
    let waiting;
    let asked;
    const ask = async () => {
      if (asked === title.value) return;
      asked = title.value;
      const answer = await fetch(`${offered.dataset.titles}?${new URLSearchParams({ q: asked })}`).catch(() => null);
      if (!answer?.ok || asked !== title.value) return; // no line, or typed on: the form works without
      const { titles } = await answer.json();
      list.replaceChildren(...titles.map((text) => Object.assign(document.createElement("option"), { value: text })));
    };
    title.addEventListener("focus", ask, { once: true });
    title.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 250);
    });
  }

  const areas = document.getElementById("id_area");
  if (areas) {
    const [label] = areas.closest(".form-row").querySelectorAll("label");
    label.id = "area_label";
    areas.setAttribute("role", "radiogroup");
    areas.setAttribute("aria-labelledby", label.id);
  }
}
