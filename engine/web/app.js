// The code of a launch link stands behind the #, where no server ever sees it.
const entrance = document.querySelector("[data-entrance]");
if (entrance && location.hash.startsWith("#t=")) {
  const form = entrance.querySelector("form");
  form.elements.code.value = location.hash.slice(3);
  history.replaceState(null, "", "/");
  form.submit();
}
