"use strict";
// The roster of an event: a search that filters as one types, ticks for all that are shown, names that are known.
{
  const people = document.querySelector("#people");
  const search = document.querySelector(".search");
  const rows = people ? [...people.querySelectorAll("tbody tr")] : [];
  const boxOf = (row) => row.querySelector("[name=chosen]");
  const isTicked = (row) => boxOf(row)?.checked;

  // How many are ticked, and whether all that are shown are
  const number = people?.querySelector(".number");
  const all = people?.querySelector(".all");
  const tell = () => {
    if (!number) return;
    const ticked = rows.filter(isTicked);
    const unseen = ticked.filter((row) => row.hidden).length;
    const shown = rows.filter((row) => !row.hidden);
    const { none, some, unseen: label } = number.dataset;
    number.textContent = ticked.length
      ? `${some} ${ticked.length}${unseen ? ` (${label} ${unseen})` : ""}`
      : none;
    all.checked = shown.length > 0 && shown.every(isTicked);
    all.indeterminate = !all.checked && shown.some(isTicked);
  };
  people?.addEventListener("change", tell);
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const row of rows) if (!row.hidden) boxOf(row).checked = all.checked;
    });
  }

  // The search
  if (search) {
    const box = search.querySelector("[type=search]");
    const found = search.querySelector(".found");
    const filter = () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) row.hidden = !words.every((word) => row.dataset.find.includes(word));
      const shown = rows.filter((row) => !row.hidden).length;
      found.textContent = !words.length ? "" : shown ? `${shown} / ${rows.length}` : found.dataset.none;
      people.elements.q.value = box.value;
      tell();
    };
    box.addEventListener("input", filter);
    search.addEventListener("submit", (event) => event.preventDefault());
    search.querySelector("button").hidden = true;
    filter();
  }

  // However many are ticked, they are one field of the form
  people?.addEventListener("formdata", ({ formData }) => {
    const chosen = formData.getAll("chosen");
    if (chosen.length) formData.set("chosen", chosen.join(","));
  });

  // The organisation is asked for where it is what is to be set
  const act = people?.querySelector("[name=act]");
  const which = people?.querySelector(".which");
  if (act) {
    const ask = () => (which.hidden = act.value !== "organization");
    act.addEventListener("change", () => {
      ask();
      if (!which.hidden) which.querySelector("input").focus();
    });
    ask();
  }

  // Names on record, offered while one types
  const offer = (input, kind, address, take) => {
    let known = new Map();
    let timer;
    let asked = "";
    const load = async () => {
      const typed = (asked = input.value.trim());
      if (!typed) return;
      let names;
      try {
        const answer = await fetch(`${address}?kind=${kind}&q=${encodeURIComponent(typed)}`);
        if (!answer.ok) return;
        ({ names } = await answer.json());
      } catch {
        return; // offline: what is typed is enough
      }
      if (typed !== asked) return;
      known = new Map();
      for (const one of names) {
        const label = one.organization ? `${one.name} · ${one.organization}` : one.name;
        known.set(label, known.has(label) ? null : one); // two that look the same: the server asks
      }
      input.list.replaceChildren(
        ...[...known.keys()].map((label) => Object.assign(document.createElement("option"), { value: label })),
      );
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const one = known.get(input.value);
      take(one);
      if (!one) timer = setTimeout(load, 150);
    });
  };
  const add = document.querySelector("#add");
  const address = add?.dataset.names;
  if (add) {
    const { name, organization, person } = add.elements;
    offer(name, "person", address, (one) => {
      person.value = one?.id ?? "";
      if (!one) return;
      name.value = one.name;
      organization.value ||= one.organization;
    });
    offer(organization, "organization", address, () => {});
    if (which) offer(which.querySelector("input"), "organization", address, () => {});
  }

  // Pressed twice is sent once
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
    tell(); // back in the browser brings the ticks as they were left
  });
}
