"use strict";
// The form of a visit: radio buttons are named by their question, and another survey brings its own questions along.
{
  const nameAll = () => {
    for (const row of document.querySelectorAll(".visit .questions .form-row")) {
      const label = row.querySelector("label:not([for])");
      const radios = row.querySelector("div[id^=id_answer_]");
      if (!label || !radios) continue;
      label.id ||= `${radios.id}_label`;
      radios.setAttribute("role", "radiogroup");
      radios.setAttribute("aria-labelledby", label.id);
    }
  };

  const bringQuestions = async (survey) => {
    const response = await fetch(`?${new URLSearchParams({ survey })}`).catch(() => null);
    if (!response?.ok) return; // what was answered so far is kept with the visit
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of [".questions", "#earlier-visitors"]) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    }
    nameAll();
  };

  nameAll();
  const isNew = document.querySelector(".visit.change-form") && !document.querySelector(".historylink");
  const survey = document.getElementById("id_survey");
  if (isNew && survey) {
    window.django?.jQuery?.(survey).on("select2:select", () => bringQuestions(survey.value));
  }
}
