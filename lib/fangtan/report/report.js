// SPDX-License-Identifier: Apache-2.0
// Filters and passages of the report. Everything that comes from interviews is put into the page as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const $ = (id) => document.getElementById(id);
  // A coding is [document, turn, start, end, code, person, coder, status], as report_data.cpp writes it; positions in UTF-16
  // units of the turn; of the document as a whole (turn 0) and where there is no transcript they only tell passages apart.
  const [DOCUMENT, TURN, START, END, CODE, PERSON, CODER, STATUS] = [0, 1, 2, 3, 4, 5, 6, 7];
  const marks = Array.from(document.querySelectorAll("mark[data-c]"), (element) => ({ element, codings: element.dataset.c.split(" ").map(Number) }));
  const within = (code, ancestor) => {
    for (let at = code; at !== null; at = data.codes[at].parent) if (at === ancestor) return true;
    return false;
  };
  const format = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const passageOf = (number) => {
    if (number in data.texts) return data.texts[number];
    const coding = data.codings[number];
    if (coding[TURN] === 0) return words.whole;
    const said = document.querySelector(`#t${coding[DOCUMENT]}-${coding[TURN]} p`);
    return said ? said.textContent.slice(coding[START], coding[END]) : "";
  };
  const sourceOf = (number) => {
    const coding = data.codings[number];
    const person = coding[PERSON] < 0 ? null : data.people[coding[PERSON]];
    return format(words.source, { who: person ? (person.role ? format(words.withRole, { id: person.id, role: person.role }) : person.id) : data.documents[coding[DOCUMENT]] });
  };

  const dialog = $("passages");
  let opener = null;
  const goTo = (coding) => {
    const article = $("d" + coding[DOCUMENT]);
    if (!article) return;
    article.hidden = false;
    article.querySelector("details").open = true;
    const turn = $(`t${coding[DOCUMENT]}-${coding[TURN]}`);
    opener = null;  // the focus goes to the turn
    dialog.close();
    (turn || article).scrollIntoView({ block: "center" });
    if (turn) {
      turn.tabIndex = -1;
      turn.focus({ preventScroll: true });
    }
  };
  const show = (heading, numbers) => {
    opener = document.activeElement;
    $("passages-title").textContent = heading;
    const list = $("passages-list");
    list.replaceChildren();
    const seen = new Map();
    for (const number of numbers) {
      const coding = data.codings[number];
      // One passage that several coders, rules or codes have is shown once, with all of them.
      const key = coding.slice(DOCUMENT, CODE).join();
      if (seen.has(key)) {
        seen.get(key).push(number);
        continue;
      }
      seen.set(key, [number]);
    }
    for (const same of seen.values()) {
      const coding = data.codings[same[0]];
      const item = make("li");
      item.append(make("blockquote", passageOf(same[0])));
      const where = make("div", sourceOf(same[0]) + " ", "where");
      if (coding[TURN] > 0 && $(`t${coding[DOCUMENT]}-${coding[TURN]}`)) {
        const link = make("a", format(words.turn, { document: data.documents[coding[DOCUMENT]], turn: coding[TURN] }));
        link.href = `#t${coding[DOCUMENT]}-${coding[TURN]}`;
        link.addEventListener("click", (event) => { event.preventDefault(); goTo(coding); });
        where.append(link);
      } else {
        where.append(data.documents[coding[DOCUMENT]]);
      }
      item.append(where);
      for (const number of same) {
        const one = data.codings[number];
        const parts = [data.codes[one[CODE]].path.join(" › "), data.coders[one[CODER]], words.status[one[STATUS]]];
        item.append(make("div", parts.join(" · "), "where"));
        if (data.memos[number]) item.append(make("div", data.memos[number]));
      }
      list.append(item);
    }
    $("passages-count").textContent = format(words.passages, { n: seen.size });
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  $("passages-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (opener && opener.isConnected) opener.focus({ preventScroll: true }); });

  const numbersOf = (fits) => data.codings.flatMap((coding, number) => (fits(coding) ? [number] : []));
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("button[data-code]");
    if (cell) {
      const code = cell.dataset.code === "" ? null : Number(cell.dataset.code);
      const column = cell.dataset.column;  // a person, a group, or empty for the total
      const ofColumn = (coding) => {
        const person = coding[PERSON] < 0 ? null : data.people[coding[PERSON]];
        const name = person === null ? "" : cell.dataset.by === "group" ? person.group : person.id;
        return cell.dataset.nobody ? name === "" : column === "" || name === column;
      };
      const fits = (coding) => coding[STATUS] !== 2 && (code === null || (cell.dataset.own ? coding[CODE] === code : within(coding[CODE], code))) &&
        ofColumn(coding);
      show(cell.getAttribute("aria-label"), numbersOf(fits));
      return;
    }
    const mark = event.target.closest("mark[data-c]:not(.off)");
    if (mark) open(mark);
  });
  const open = (mark) => {
    const numbers = mark.dataset.c.split(" ").map(Number).filter((number) => visible(data.codings[number]));
    show(words.here, numbers);
  };
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("mark[data-c]:not(.off)")) {
      event.preventDefault();
      open(event.target);
    }
    // Arrows walk through a matrix as in a spreadsheet.
    const cell = event.target.closest("table.matrix td");
    if (cell && event.key.startsWith("Arrow")) {
      const row = cell.parentElement;
      const column = Array.from(row.cells).reverse().indexOf(cell);  // parents span rows: counted from the end
      const rows = Array.from(row.closest("table").rows);
      const next = { ArrowLeft: [0, 1], ArrowRight: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      const target = rows[rows.indexOf(row) + next[0]];
      const cells = target ? Array.from(target.cells).reverse() : [];
      const button = cells[column + next[1]] && cells[column + next[1]].querySelector("button");
      if (button) {
        event.preventDefault();
        button.focus();
      }
    }
  });

  // Searched text in one spelling: script, width and case aside, as the program itself compares.
  const folded = new Map();
  const pairs = Array.from(data.fold);
  for (let i = 0; i + 1 < pairs.length; i += 2) folded.set(pairs[i], pairs[i + 1]);
  const fold = (text) => Array.from(text, (character) => folded.get(character) || character).join("").toLowerCase();
  const texts = new Map();
  const textOf = (number) => {
    if (!texts.has(number)) texts.set(number, fold($("d" + number).querySelector("details").textContent));
    return texts.get(number);
  };

  const form = $("filter");
  if (!form) return;
  let visible = () => true;
  const apply = () => {
    const [code, person, coder, status] = ["code", "person", "coder", "status"].map((name) => form.elements[name].value);
    const needle = fold(form.elements.search.value.trim());
    visible = (coding) => (code === "" || within(coding[CODE], Number(code))) && (person === "" || coding[PERSON] === Number(person)) &&
      (coder === "" || coding[CODER] === Number(coder)) && (status === "" ? coding[STATUS] !== 2 : coding[STATUS] === Number(status));
    const counts = new Map();
    let total = 0;
    data.codings.forEach((coding) => {
      if (!visible(coding)) return;
      ++total;
      counts.set(coding[DOCUMENT], (counts.get(coding[DOCUMENT]) || 0) + 1);
    });
    for (const { element, codings } of marks) {
      const shown = codings.filter((number) => visible(data.codings[number]));
      const codes = new Set(shown.map((number) => data.codings[number][CODE]));
      element.classList.toggle("off", shown.length === 0);
      element.classList.toggle("several", codes.size > 1);
      element.className = element.className.replace(/\bk\d+\b/g, "").trim();
      if (shown.length > 0) {
        element.classList.add("k" + data.codings[shown[0]][CODE]);
        element.tabIndex = 0;
        element.title = Array.from(codes, (number) => data.codes[number].path.join(" › ")).join("\n");
      } else {
        element.removeAttribute("tabindex");
        element.removeAttribute("title");
      }
    }
    const narrowed = code !== "" || person !== "" || coder !== "" || status !== "";
    let documents = 0;
    data.documents.forEach((_, number) => {
      const article = $("d" + number);
      if (!article) return;
      const found = needle === "" || textOf(number).includes(needle);
      article.hidden = !found || (narrowed && !counts.has(number));
      article.querySelector(".count").textContent = counts.get(number) || 0;
      documents += article.hidden ? 0 : 1;
    });
    $("shown").textContent = format(words.shown, { codings: total, documents });
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  $("open-all").addEventListener("click", () => {
    const all = Array.from(document.querySelectorAll("article:not([hidden]) details"));
    const close = all.every((details) => details.open);
    for (const details of all) details.open = !close;
  });
  window.addEventListener("hashchange", () => {
    const target = /^#t(\d+)-\d+$/.exec(location.hash);
    if (target && $("d" + target[1])) $("d" + target[1]).querySelector("details").open = true;
  });
  apply();
})();
