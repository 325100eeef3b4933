"use strict";
// The editor of a report's sections. Everything works without it but the picker; it adds comfort and keeps text safe.
{
  const form = document.querySelector("#section-form");
  const once = document.querySelectorAll("form[method=post]");

  // A form is sent once, however often its button is pressed. Back in the browser brings it as it was left.
  const release = () => once.forEach((sent) => delete sent.dataset.sent);
  once.forEach((sent) =>
    sent.addEventListener("submit", (event) => {
      if (sent.dataset.sent) event.preventDefault();
      sent.dataset.sent = "yes";
    }),
  );
  addEventListener("pageshow", release);

  if (form) edit(form);

  function edit(form) {
    const text = form.querySelector("#id_prose");
    const heading = form.querySelector("#id_heading");

    watchLength(text, form.querySelector("[data-length]"));
    fillFrom(form.querySelector(".picker"), text);
    keep(form, heading, text);
    stayLoggedIn(form);
    document.querySelectorAll("[data-unneeded]").forEach((button) => (button.hidden = true));

    // Links of the preview open beside the text, not in its place.
    document.querySelector("#preview")?.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link) link.target = "_blank";
    });
    const offline = document.querySelector("[data-offline]");
    const failed = (event) => offline && (offline.hidden = event.detail.successful ?? false);
    document.body.addEventListener("htmx:afterRequest", failed);
  }

  function watchLength(text, told) {
    const most = Number(told.dataset.most);
    const numbers = new Intl.NumberFormat("en");
    const grow = () => {
      if (CSS.supports("field-sizing", "content")) return;
      text.style.height = "auto";
      text.style.height = `${text.scrollHeight + 4}px`;
    };
    const tell = () => {
      const sentence = text.value.length > most ? told.dataset.tooLong : told.dataset.sentence;
      told.textContent = sentence
        .replace("{count}", numbers.format(text.value.length))
        .replace("{most}", numbers.format(most));
      told.classList.toggle("too-long", text.value.length > most);
      grow();
    };
    text.addEventListener("input", tell);
    tell();
  }

  function fillFrom(picker, text) {
    if (!picker) return;
    picker.addEventListener("click", (event) => {
      const button = event.target.closest("[data-insert]");
      if (!button) return;
      text.focus();
      // As if it were typed: the browser's own undo takes it back.
      if (!document.execCommand("insertText", false, button.dataset.insert)) {
        text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
        text.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    });

    const search = picker.querySelector("[data-search]");
    const subjects = [...picker.querySelectorAll(".subject")];
    const first = subjects.filter((subject) => subject.open);
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      for (const subject of subjects) {
        const figures = [...subject.querySelectorAll("[data-figure]")];
        figures.forEach((figure) => (figure.hidden = !figure.dataset.figure.toLowerCase().includes(wanted)));
        subject.hidden = figures.every((figure) => figure.hidden);
        subject.open = wanted ? !subject.hidden : first.includes(subject);
      }
      picker.querySelector("[data-none]").hidden = !subjects.every((subject) => subject.hidden);
    });
  }

  // What is not saved yet: leaving asks first, and the browser keeps a copy until the server has the text.
  function keep(form, heading, text) {
    const key = `section ${location.pathname}`;
    const store = {
      read: (name) => { try { return sessionStorage.getItem(name); } catch { return null; } },
      write: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* full, or switched off */ } },
      drop: (name) => { try { sessionStorage.removeItem(name); } catch { /* as above */ } },
    };
    if (document.querySelector(".messages .saved")) store.drop(store.read("section sent"));

    // With the version that was seen: what was kept is compared with what others saved meanwhile.
    const version = form.elements.version;
    const current = () => JSON.stringify([version.value, heading.value, text.value]);
    const opened = [heading.value, text.value];
    const notice = form.querySelector("[data-kept]");
    const kept = JSON.parse(store.read(key) ?? "null");
    let isDirty = Boolean(form.querySelector(".errorlist")) || Boolean(document.querySelector("[data-conflict]"));
    notice.hidden = !kept || (kept[1] === opened[0] && kept[2] === opened[1]);

    notice.querySelector("[data-restore]").addEventListener("click", () => {
      [version.value, heading.value, text.value] = kept;
      notice.hidden = true;
      [heading, text].forEach((field) => field.dispatchEvent(new InputEvent("input", { bubbles: true })));
      text.focus();
    });
    notice.querySelector("[data-forget]").addEventListener("click", () => {
      notice.hidden = true;
      store.drop(key);
    });
    form.addEventListener("input", (event) => {
      if (event.target.matches("[data-search]")) return;
      isDirty = true;
      if (event.target === heading || event.target === text) store.write(key, current());
    });
    form.addEventListener("submit", () => {
      isDirty = false;
      store.write("section sent", key);
    });
    addEventListener("beforeunload", (event) => isDirty && event.preventDefault());
  }

  // Logging in again in another window makes the form's token old; the cookie has the new one.
  function stayLoggedIn(form) {
    const renew = () => {
      const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
      if (cookie) form.elements.csrfmiddlewaretoken.value = cookie[1];
    };
    form.addEventListener("submit", renew);
    document.addEventListener("visibilitychange", renew);
    addEventListener("focus", renew);
  }
}
