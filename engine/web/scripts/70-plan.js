// The preview of documents: printing by a button, and files picked instead of pasted.
(() => {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
  // What a person picks is read here and shown in the field that is sent.
  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!input.matches?.("[data-pick] input[type=file]") || !input.files[0]) return;
    const field = document.getElementById(input.closest("[data-pick]").dataset.pick);
    field.value = await input.files[0].text();
    field.focus();
  });
})();
