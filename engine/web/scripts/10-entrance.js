// The code of a launch link stands behind the #, where no server ever sees it.
(() => {
  const form = document.querySelector("form[data-entrance]");
  if (!form || !location.hash.startsWith("#t=")) return;
  form.elements.code.value = location.hash.slice(3);
  history.replaceState(null, "", "/");
  const wait = document.querySelector("[data-entrance-wait]");
  if (wait) wait.hidden = false;
  form.submit();
})();
