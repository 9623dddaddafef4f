// Pages that show a journey follow it: main[data-live] names the stream, main[data-revision] what the page shows.
// Something new is taken in quietly, without moving the focus or touching what is half typed; where that cannot be, a
// bar offers to show it.  Only windows that can be seen follow, so that many of them take no connections.
(() => {
  const bar = document.getElementById("live");
  if (!bar || !window.EventSource) return;
  const main = () => document.getElementById("main");
  let stream, followed = "", wanted = "", waiting, asking = 0, refreshing = false;

  function tell(name, button) {
    if (bar.dataset.shown === name) return;
    // A client's screen that has ended shows nothing any more.
    if (name === "ended" && main()?.hasAttribute("data-screen")) main().replaceChildren();
    bar.dataset.shown = name;
    bar.replaceChildren();
    if (!name) return;
    const words = document.createElement("p");
    words.textContent = bar.dataset[name];
    bar.append(words);
    if (!button) return;
    const show = document.createElement("button");
    show.type = "button";
    show.className = "little";
    show.textContent = bar.dataset.show;
    show.addEventListener("click", () => refresh(true));
    bar.append(show);
  }

  // ---- what would be lost ---------------------------------------------------------------------

  const kept = (form) => [...form.elements].filter((f) => f.name && !["hidden", "submit", "button"].includes(f.type));
  const options = (f) => [...f.options].map((o) => o.defaultSelected).join();
  const initial = (f) => f.options ? options(f) : f.type === "checkbox" || f.type === "radio"
    ? String(f.defaultChecked) : f.defaultValue;
  const dirty = (f) => f.options ? [...f.options].some((o) => o.selected !== o.defaultSelected) &&
      !(f.type === "select-one" && f.selectedIndex === 0 && !f.querySelector("[selected]"))
    : f.type === "checkbox" || f.type === "radio" ? f.checked !== f.defaultChecked : f.value !== f.defaultValue;
  const same = (f, g) => f.name === g.name && (f.type !== "radio" && f.type !== "checkbox" || f.value === g.value);

  // A form somebody writes in must be there again, with every field as it was when the writing began.
  function survives(form, next) {
    const twin = [...next.querySelectorAll("form")].find((g) => form.dataset.key
      ? g.dataset.key === form.dataset.key : g.getAttribute("action") === form.getAttribute("action"));
    if (!twin) return false;
    const theirs = kept(twin);
    return kept(form).every((f) => theirs.some((g) => same(f, g) && initial(f) === initial(g)));
  }
  const writing = () => [...main().querySelectorAll("form")].filter((form) => kept(form).some(dirty));
  const loses = (next) => !!document.querySelector("dialog[open]") || writing().some((form) => !survives(form, next));

  // What is unfolded stays so.
  function keepOpen(next) {
    const mine = [...main().querySelectorAll("details")], theirs = [...next.querySelectorAll("details")];
    for (const [i, one] of mine.entries()) {
      const twin = one.id ? theirs.find((t) => t.id === one.id) : mine.length === theirs.length ? theirs[i] : null;
      if (twin) twin.open = one.open;
    }
  }

  // ---- taking it in ---------------------------------------------------------------------------

  async function refresh(whatever) {
    if (refreshing) return;
    refreshing = true;
    const from = location.href;
    try {
      const answer = await fetch(from, { headers: { Accept: "text/html", "X-Live": "1" } });
      if (answer.status === 401) tell("ended");
      if (!answer.ok || location.href !== from) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("main");
      if (!next || asking > 0) return;
      if (!whatever && loses(next)) return tell("news", true);
      keepOpen(next);
      tell("");
      document.title = page.title;
      await htmx.swap({ sourceElement: main(), target: main(), text: next.outerHTML, swap: "outerMorph" });
      document.dispatchEvent(new CustomEvent("espalier:refreshed"));
    } catch {
      // The stream tells when the server is there again.
    } finally {
      refreshing = false;
    }
  }

  // Our own answers are news, too, until the page that they lead to is there.
  function look() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (wanted === "" || wanted === main()?.dataset.revision) tell("");
      else if (asking > 0) look();
      else refresh(false);
    }, 120);
  }

  // ---- the stream -----------------------------------------------------------------------------

  function close() {
    stream?.close();
    stream = null;
    followed = "";
  }

  function follow() {
    const to = document.visibilityState === "hidden" ? "" : main()?.dataset.live ?? "";
    if (to === followed) return;
    close();
    wanted = "";
    if (!to) return tell("");
    followed = to;
    stream = new EventSource(to);
    stream.addEventListener("changed", (event) => {
      wanted = event.data;
      look();
    });
    stream.addEventListener("ended", () => { stream.close(); tell("ended"); });
    stream.addEventListener("stopped", () => tell("stopped"));
    stream.addEventListener("open", () => { if (bar.dataset.shown !== "news") tell(""); });
    stream.addEventListener("error", (event) => {
      const mine = event.target;
      if (mine !== stream) return;
      if (mine.readyState === EventSource.CLOSED) return gone();
      setTimeout(() => { if (mine === stream && mine.readyState !== EventSource.OPEN) tell("stopped"); }, 4000);
    });
  }

  // Chromium gives up when a server is not there; and an answer that is no stream ends it as well.
  async function gone() {
    const status = await fetch(followed, { method: "HEAD" }).then((answer) => answer.status, () => 0);
    if (!stream) return;
    tell(status === 401 || status === 404 ? "ended" : "stopped");
    if (status !== 401 && status !== 404)
      setTimeout(() => { const to = followed; if (stream && to) { followed = ""; follow(); } }, 3000);
  }

  document.addEventListener("htmx:before:request", () => { asking++; });
  document.addEventListener("htmx:finally:request", () => { asking = Math.max(0, asking - 1); });
  document.addEventListener("htmx:after:swap", () => { follow(); look(); });
  // What is opened in another window changes what can be done in this one.
  document.addEventListener("submit", (event) => {
    if (event.target.target === "_blank") setTimeout(() => refresh(false), 700);
  });
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", follow);
  follow();
})();
