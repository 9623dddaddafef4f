// What is half typed into a question (form[data-key]) is kept by the server every moment, so that neither a crash nor
// a closed window takes more than two seconds of it.  It is given up when the question is answered.
(() => {
  const every = 1500; // with the way to the server, less than two seconds
  const forms = () => document.querySelectorAll("main form[data-key]");
  const sent = new WeakMap(); // form -> what the server has of it
  const touched = new WeakSet();
  let underway = null; // the latest one, until it has arrived

  const fieldsOf = (form) => {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete("back");
    return fields;
  };
  const typed = (fields) => {
    const copy = new URLSearchParams(fields);
    for (const name of ["token", "replaces"]) copy.delete(name);
    return copy.toString();
  };
  const place = (form) => form.getAttribute("action").match(/^\/journeys\/[^/?]+/)[0] + "/draft";

  function keep(form, last = false) {
    const fields = fieldsOf(form), now = typed(fields);
    if (sent.get(form) === now) return;
    sent.set(form, now);
    underway = fetch(place(form), { method: "POST", body: fields, keepalive: last })
      .then((answer) => { if (!answer.ok) sent.delete(form); }, () => { sent.delete(form); })
      .then(() => { underway = null; });
  }
  function keepAll(last) {
    for (const form of forms()) if (touched.has(form)) keep(form, last);
  }

  // While somebody writes, the offer of what they wrote before is in the way.
  function quieten() {
    for (const offer of document.querySelectorAll("main [data-draft]")) {
      const form = [...forms()].find((one) => one.dataset.key === offer.dataset.draft);
      offer.hidden = !!form && touched.has(form);
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches("main form[data-key]")) return;
    touched.add(form);
    quieten();
  });
  setInterval(() => { if (!underway && asking === 0) keepAll(false); }, every);
  addEventListener("pagehide", () => keepAll(true));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepAll(true); });

  // Whoever answers a question, or leaves it out, has no draft of it any more: nothing is sent while that is on its
  // way, and what was sent before arrives before.
  let asking = 0;
  document.addEventListener("submit", (event) => {
    const key = event.target.elements.key?.value;
    for (const form of forms()) if (form.dataset.key === key) touched.delete(form);
  });
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    asking++;
    if (!underway || !ctx.fetch) return;
    const go = ctx.fetch, first = underway;
    ctx.fetch = (...how) => first.then(() => go(...how));
  });
  document.addEventListener("htmx:finally:request", () => { asking = Math.max(0, asking - 1); });
  document.addEventListener("htmx:after:swap", quieten);
  // A question that was morphed into the next one is another question.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      touched.delete(target);
      sent.delete(target);
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-key"] });
})();
