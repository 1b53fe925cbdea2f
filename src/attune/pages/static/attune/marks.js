/* Enter on a mark would send the form, as browsers have it. Here a mark is chosen by Space or the arrows, and Enter sends
   from its button alone. Without script it sends all the same; a client can change what was sent. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[type=radio]")) event.preventDefault();
});
