"use strict";
// What is typed into a form of the staff's site stays in this browser until the form is saved, one draft a user and
// address, for a week. Left out are passwords, files, columns that tell who somebody is (the page names them), and
// everything once the form says "sensitive". Logging out, or another user, throws all drafts away.
{
  const PREFIX = "typed:";
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
  const { user } = document.currentScript.dataset;
  const key = `${PREFIX}${user}:${location.pathname}`;
  const store = (() => {
    try {
      return window.localStorage;
    } catch {
      return null; // switched off in this browser
    }
  })();

  const read = (name) => {
    try {
      return JSON.parse(store.getItem(name));
    } catch {
      return null;
    }
  };
  const drafts = () => Object.keys(store).filter((name) => name.startsWith(PREFIX));
  let isLeaving = false;
  const forgetAll = () => {
    isLeaving = true; // nothing more is written while the page goes
    for (const name of drafts()) store.removeItem(name);
  };

  const savedToken = () => {
    const [, token = ""] = document.cookie.match(/(?:^|; )saved_draft=([0-9a-z]+)/) ?? [];
    if (token) document.cookie = "saved_draft=; path=/admin/; max-age=0; samesite=lax";
    return token;
  };

  const sweep = () => {
    const saved = savedToken();
    for (const name of drafts()) {
      const draft = read(name);
      const isOurs = name.startsWith(`${PREFIX}${user}:`) && draft && Date.now() - draft.at < WEEK;
      if (!isOurs || draft.token === saved) store.removeItem(name);
    }
  };

  const keep = (form, page) => {
    const leftOut = new Set(page.dataset.leftOut.split(" "));
    const token = crypto.getRandomValues(new Uint32Array(3)).reduce((text, part) => text + part.toString(36), "t0000000");
    const isKept = (box) =>
      box.name && !NEVER.has(box.type) && !box.name.startsWith("_") && !leftOut.has(box.name.replace(/-\d+-/, "-*-"));
    const boxes = () => [...form.elements].filter(isKept);

    const values = () => {
      const found = {};
      for (const box of boxes()) {
        const list = (found[box.name] ||= []);
        if (box.type === "checkbox" || box.type === "radio") {
          if (box.checked) list.push([box.value]);
        } else if (box.tagName === "SELECT") {
          for (const option of box.selectedOptions) list.push([option.value, option.text]);
        } else list.push([box.value]);
      }
      return found;
    };

    const isEmpty = (list) => list.every(([value]) => value === "");
    const before = "sent" in page.dataset ? {} : values();
    const isTyped = ([name, list]) =>
      name in before ? JSON.stringify(list) !== JSON.stringify(before[name]) : !isEmpty(list);
    const write = () => {
      if (isLeaving) return;
      const typed = Object.fromEntries(Object.entries(values()).filter(isTyped));
      if (form.querySelector("[name=is_sensitive]:checked") || !Object.keys(typed).length) {
        store.removeItem(key);
        return;
      }
      const draft = { token, at: Date.now(), once: form.elements._once?.value, seen: form.elements._seen?.value, typed };
      try {
        store.setItem(key, JSON.stringify(draft));
      } catch {
        // no room left: the form works on without
      }
    };

    const addRows = (name) => {
      const [, prefix, number] = name.match(/^(.+)-(\d+)-/) ?? [];
      const more = prefix && document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
      for (let tried = 0; more && tried <= Number(number) && !form.elements[name]; tried++) more.click();
    };

    const choose = (select, list) => {
      for (const option of select.options) option.selected = false;
      for (const [value, text] of list) {
        const known = [...select.options].find((option) => option.value === value);
        if (known) known.selected = true;
        else select.add(new Option(text, value, true, true));
      }
    };

    const fill = (name, list) => {
      addRows(name);
      boxes()
        .filter((box) => box.name === name)
        .forEach((box, number) => {
          if (box.type === "checkbox" || box.type === "radio") {
            box.checked = list.some(([value]) => value === box.value);
          } else if (box.tagName === "SELECT") choose(box, list);
          else box.value = list[number]?.[0] ?? "";
          const fold = box.closest("details");
          if (fold) fold.open = true;
          box.dispatchEvent(new Event("change", { bubbles: true }));
        });
    };

    const offer = (draft) => {
      page.append(page.querySelector("template").content.cloneNode(true));
      const sentence = page.querySelector("[data-sentence]");
      const written = { month: "numeric", day: "numeric", hour: "numeric", minute: "2-digit" };
      const time = new Date(draft.at).toLocaleString(document.documentElement.lang, written);
      sentence.textContent = sentence.textContent.replace("{time}", time);
      const close = () => page.querySelectorAll(":scope > :not(template)").forEach((part) => part.remove());
      page.querySelector("[data-restore]").addEventListener("click", () => {
        for (const [name, list] of Object.entries(draft.typed)) fill(name, list);
        if (draft.once && form.elements._once) form.elements._once.value = draft.once;
        if (draft.seen && form.elements._seen) form.elements._seen.value = draft.seen;
        close();
        write();
      });
      page.querySelector("[data-forget]").addEventListener("click", () => {
        store.removeItem(key);
        close();
      });
    };

    const draft = read(key);
    if (draft && !("sent" in page.dataset)) offer(draft);

    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: page.dataset.mark, value: token });
    form.append(mark);

    let waiting;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(write, 300);
    };
    const atOnce = () => {
      if (waiting) write();
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    window.django?.jQuery?.(form).on("select2:select select2:unselect", soon);
    form.addEventListener("submit", write);
    window.addEventListener("pagehide", atOnce);
  };

  if (store && user) {
    sweep();
    document.addEventListener("submit", (event) => {
      if (event.target.action?.endsWith?.("/logout/")) forgetAll();
    });
    const page = document.getElementById("typed");
    const form = page?.closest("form");
    if (form) keep(form, page);
  }
}
